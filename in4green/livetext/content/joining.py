"""Two changes of one passage put together, word by word.

What only one of them changed is as that one wants it, and what both put in at the same place
stands one after the other. Where both changed the same words, those of the first one stand.
"""

import json
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from in4green.livetext.content import words
from in4green.livetext.content.sequences import Change, changes
from in4green.livetext.content.tree import Content

Item = TypeVar("Item", bound=Hashable)
# A word, and the formatting of its letters: how many of them, and the marks as JSON.
Word = tuple[str, tuple[tuple[int, str], ...]]


class Joined(NamedTuple):
    content: list[Content]
    # Both changed the same words: the second one's are gone.
    is_contested: bool


def join(base: Content, first: Content, second: Content) -> Joined:
    """What stands in a paragraph or heading of which ``first`` and ``second`` were made."""
    rows = [list(_words(leaf)) for leaf in (base, first, second)]
    found, is_contested = join_rows(*rows)
    return Joined(list(_inline(found)), is_contested)


def join_rows(
    base: Sequence[Item], first: Sequence[Item], second: Sequence[Item]
) -> tuple[list[Item], bool]:
    ours, theirs = _differences(base, first), _differences(base, second)
    joined: list[Item] = []
    is_contested, at = False, 0
    while ours or theirs:
        start, end, mine, others = _take(ours, theirs)
        joined.extend(base[at:start])
        said = _side(base, first, mine, start, end)
        kept = _side(base, second, others, start, end)
        if mine and others and said != kept:
            is_contested |= start < end
            joined.extend(said if start < end else kept + said)
        else:
            joined.extend(said if mine else kept)
        at = end
    joined.extend(base[at:])
    return joined, is_contested


def _differences(base: Sequence[Item], changed: Sequence[Item]) -> list[Change]:
    return [change for change in changes(base, changed) if change.kind != "equal"]


def _take(ours: list[Change], theirs: list[Change]) -> tuple[int, int, list[Change], list[Change]]:
    """The first change, and all that it overlaps with or that is put in at the same place."""
    side = ours if ours and (not theirs or _order(ours[0]) < _order(theirs[0])) else theirs
    start, end = side[0].old_start, side[0].old_end
    taken: tuple[list[Change], list[Change]] = ([], [])
    taken[side is theirs].append(side.pop(0))
    while True:
        waiting = [(row, side) for row, side in zip(taken, (ours, theirs), strict=True) if side]
        reached = [pair for pair in waiting if _reaches(pair[1][0], start, end)]
        if not reached:
            return start, end, *taken
        row, side = reached[0]
        row.append(side.pop(0))
        end = max(end, row[-1].old_end)


def _order(change: Change) -> tuple[int, int]:
    return change.old_start, change.old_end


def _reaches(change: Change, start: int, end: int) -> bool:
    return change.old_start < end or start == end == change.old_start == change.old_end


def _side(
    base: Sequence[Item], changed: Sequence[Item], found: list[Change], start: int, end: int
) -> list[Item]:
    """What one of them made of a part of the base."""
    said: list[Item] = []
    for change in found:
        said.extend(base[start : change.old_start])
        said.extend(changed[change.new_start : change.new_end])
        start = change.old_end
    said.extend(base[start:end])
    return said


def _words(leaf: Content) -> Iterator[Word]:
    letters = [pair for part in leaf.get("content", []) for pair in _letters(part)]
    at = 0
    for word in words.split("".join(letter for letter, _ in letters)):
        marks = groupby(mark for _, mark in letters[at : at + len(word)])
        yield word, tuple((len(list(group)), mark) for mark, group in marks)
        at += len(word)


def _letters(part: Content) -> list[tuple[str, str]]:
    if part["type"] != "text":
        return [("\n", "")]
    mark = json.dumps(part.get("marks", []), sort_keys=True)
    return [(letter, mark) for letter in part["text"]]


def _inline(row: Sequence[Word]) -> Iterator[Content]:
    """In the form in which every text is kept: neighbours of one formatting are one."""
    for mark, pieces in groupby(_pieces(row), lambda piece: piece[0]):
        text = "".join(piece for _, piece in pieces)
        if mark:
            marks = json.loads(mark)
            yield {"type": "text", **({"marks": marks} if marks else {}), "text": text}
        else:
            yield from ({"type": "hardBreak"} for _break in text)


def _pieces(row: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for word, formatted in row:
        at = 0
        for length, mark in formatted:
            yield mark, word[at : at + length]
            at += length
