"""The edits that turn one passage into another, word by word; comments stay on their words."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from in4green.livetext.content import words
from in4green.livetext.content.sequences import Change, changes, trim
from in4green.livetext.content.tree import Marks, Run, Text, overlaps
from in4green.livetext.document.edits import DeleteText, Edit, Format, InsertText


def plan(old: Text, new: Text) -> list[Edit]:
    """Deletions and insertions from left to right, then formats in places of the new text."""
    edits: list[Edit] = []
    formats: list[Format] = []
    at = 0
    before, after = Passage(old), Passage(new)
    for change in _by_characters(old.text, new.text):
        if change.kind == "equal":
            formats.extend(_reformat(before, after, change, at, old.shared))
        else:
            edits.extend(_exchange(before, after, change, at, old.shared))
        at += _size(new.text[change.new_start : change.new_end])
    return [*edits, *formats]


class Passage:
    """The runs of a text by the places of their characters."""

    def __init__(self, text: Text) -> None:
        self.text = text.text
        self.runs = text.runs
        self.ends = list(accumulate(len(run.text) for run in text.runs))

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, Marks]]:
        """Start, end and marks of each run between two places, cut to them."""
        for place in range(bisect_right(self.ends, start), len(self.runs)):
            run_start = self.ends[place] - len(self.runs[place].text)
            if run_start >= end:
                return
            yield max(start, run_start), min(end, self.ends[place]), self.runs[place].marks

    def comments(self, start: int, end: int) -> Marks:
        """Those that cover everything between the two places."""
        pieces = [marks for _, _, marks in self.pieces(start, end)]
        if not pieces:
            return {}
        shared = {key: value for key, value in pieces[0].items() if overlaps(key)}
        return {k: v for k, v in shared.items() if all(k in marks for marks in pieces)}


def _by_characters(old: str, new: str) -> Iterator[Change]:
    """Changes by word, in places of characters; a replaced word keeps how it begins and ends."""
    ours, theirs = words.split(old), words.split(new)
    old_places = [0, *accumulate(map(len, ours))]
    new_places = [0, *accumulate(map(len, theirs))]
    for change in changes(ours, theirs):
        placed = Change(
            change.kind,
            old_places[change.old_start],
            old_places[change.old_end],
            new_places[change.new_start],
            new_places[change.new_end],
        )
        yield from _narrowed(old, new, placed) if change.kind == "replace" else (placed,)


def _narrowed(old: str, new: str, change: Change) -> Iterator[Change]:
    _, old_start, old_end, new_start, new_end = change
    _head, _tail, middle = trim(old, new, (old_start, old_end, new_start, new_end))
    parts = [
        Change("equal", old_start, middle[0], new_start, middle[2]),
        Change("replace", *middle),
        Change("equal", middle[1], old_end, middle[3], new_end),
    ]
    return (c for c in parts if c.old_start < c.old_end or c.new_start < c.new_end)


def _exchange(
    old: Passage, new: Passage, change: Change, at: int, shared: Any
) -> Iterator[DeleteText | InsertText]:
    _, old_start, old_end, new_start, new_end = change
    if old_start < old_end:
        yield DeleteText(shared, at, _size(old.text[old_start:old_end]))
        comments = old.comments(old_start, old_end)
    else:  # put into a commented passage, not at its edge
        left = old.comments(old_start - 1, old_start)
        comments = {k: v for k, v in old.comments(old_end, old_end + 1).items() if k in left}
    for start, end, marks in new.pieces(new_start, new_end):
        text = new.text[start:end]
        yield InsertText(shared, at, Run(text, {**marks, **comments}))
        at += _size(text)


def _reformat(old: Passage, new: Passage, change: Change, at: int, shared: Any) -> Iterator[Format]:
    """Where two equal texts are marked differently. ``at``: bytes before, in the new text."""
    shift = change.new_start - change.old_start
    for old_start, old_end, before in old.pieces(change.old_start, change.old_end):
        for start, end, after in new.pieces(old_start + shift, old_end + shift):
            length = _size(new.text[start:end])
            if difference := _difference(before, after):
                yield Format(shared, at, length, difference)
            at += length


def _difference(old: Marks, new: Marks) -> dict[str, Any]:
    gone = {key: None for key in old if key not in new and not overlaps(key)}
    return {**gone, **{key: value for key, value in new.items() if old.get(key) != value}}


def _size(text: str) -> int:
    return len(text.encode())
