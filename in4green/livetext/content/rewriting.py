"""Formatting for words that were typed without any: taken over from the text they come from."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

from in4green.livetext.content import nodes, words
from in4green.livetext.content.sequences import changes
from in4green.livetext.content.tree import Content

Marks = list[dict[str, Any]]
_END = "\x00"  # of a paragraph, among its letters


def keep_marks(old: Sequence[Content], new: Sequence[Content]) -> None:
    """Format the new blocks: words that stand in the old ones too are formatted as there.

    A new word between two of the same formatting has it as well.
    """
    old_text, old_marks = _letters(old)
    new_text, _none = _letters(new)
    marks: list[Marks | None] = [None] * len(new_text)
    ours, theirs = words.split(old_text), words.split(new_text)
    old_at, new_at = _places(ours), _places(theirs)
    for change in changes(ours, theirs):
        if change.kind == "equal":
            kept = old_marks[old_at[change.old_start] : old_at[change.old_end]]
            marks[new_at[change.new_start] : new_at[change.new_end]] = kept
    given = zip(new_text, _filled(new_text, marks), strict=True)
    for leaf in _leaves(new):
        _format(leaf, given)


def _letters(blocks: Iterable[Content]) -> tuple[str, list[Marks]]:
    """All text in one row, and the marks of each letter."""
    letters: list[str] = []
    marks: list[Marks] = []
    for leaf in _leaves(blocks):
        for part in leaf.get("content", []):
            text = part["text"] if part["type"] == "text" else "\n"
            letters.append(text)
            marks.extend([part.get("marks", [])] * len(text))
        letters.append(_END)
        marks.append([])
    return "".join(letters), marks


def _leaves(blocks: Iterable[Content]) -> Iterator[Content]:
    """Paragraphs and headings, in the order of their words."""
    waiting = list(blocks)[::-1]
    while waiting:
        node = waiting.pop()
        if nodes.holds_text(node["type"]):
            yield node
        else:
            waiting.extend(reversed(node.get("content", [])))


def _places(found: list[str]) -> list[int]:
    return list(accumulate(map(len, found), initial=0))


def _filled(text: str, marks: list[Marks | None]) -> list[Marks]:
    """New letters get what the known ones around them, in the same paragraph, have in common."""
    left = _nearest(text, marks)
    right = _nearest(text[::-1], marks[::-1])[::-1]
    return [
        [mark for mark in one if mark in other] if found is None else found
        for found, one, other in zip(marks, left, right, strict=True)
    ]


def _nearest(text: str, marks: list[Marks | None]) -> list[Marks]:
    """For each letter, the marks of the last known one before it."""
    nearest: list[Marks] = []
    last: Marks = []
    for letter, found in zip(text, marks, strict=True):
        last = [] if letter == _END else last if found is None else found
        nearest.append(last)
    return nearest


def _format(leaf: Content, given: Iterator[tuple[str, Marks]]) -> None:
    """Replace the plain texts by formatted ones; takes the leaf's letters and its end."""
    children: list[Content] = []
    for part in leaf.get("content", []):
        length = len(part["text"]) if part["type"] == "text" else 1
        taken = [next(given) for _ in range(length)]
        if part["type"] != "text":
            children.append(part)
            continue
        for marks, letters in groupby(taken, key=lambda pair: pair[1]):
            text = "".join(letter for letter, _ in letters)
            children.append({"type": "text", "text": text, **({"marks": marks} if marks else {})})
    if children:
        leaf["content"] = children
    next(given)
