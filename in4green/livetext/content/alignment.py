"""Which block of one text is which block of another, and what differs between the two."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from in4green.livetext.content import pairing, words
from in4green.livetext.content.plain import to_text
from in4green.livetext.content.sequences import Change, changes
from in4green.livetext.content.tree import Content

Blocks = Sequence[Content]

_ALIKE = 0.35  # share of common words from which a block counts as changed, not as exchanged
_SAME_KIND = 0.05


class Span(NamedTuple):
    """One block: changed, or added (the old range is empty), or taken away (the new one is)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def is_pair(self) -> bool:
        return self.old_start < self.old_end and self.new_start < self.new_end


def key(block: Content) -> str:
    """Equal for equal blocks."""
    return json.dumps(block, sort_keys=True, ensure_ascii=False)


def find_changes(old: Blocks, new: Blocks) -> list[Span]:
    """What somebody made of ``old``, block by block, in the order of the text.

    As many blocks as stand in place of others of the same kinds are what he made of them, however
    little they have in common.
    """
    spans = _align(old, new, in_place=True)
    return [s for s in spans if old[s.old_start : s.old_end] != new[s.new_start : s.new_end]]


def matches(old: Blocks, new: Blocks) -> dict[int, int]:
    """Places of the blocks that are still there, changed or not."""
    spans = _align(old, new, in_place=False)
    return {span.old_start: span.new_start for span in spans if span.is_pair}


def _align(old: Blocks, new: Blocks, *, in_place: bool) -> Iterator[Span]:
    for change in changes([key(block) for block in old], [key(block) for block in new]):
        if change.kind == "equal":
            pairs = [(at, at) for at in range(change.old_end - change.old_start)]
        else:
            pairs = _pairs(old, new, change, in_place=in_place)
        yield from _spans(change, pairs)


def _pairs(old: Blocks, new: Blocks, change: Change, *, in_place: bool) -> list[tuple[int, int]]:
    ours = [_Part(block) for block in old[change.old_start : change.old_end]]
    theirs = [_Part(block) for block in new[change.new_start : change.new_end]]
    found = pairing.pairs(ours, theirs, _weigh, (_beginning, _ending))
    if found or not in_place or [part.kind for part in ours] != [part.kind for part in theirs]:
        return found
    return [(at, at) for at in range(len(ours))]


def _spans(change: Change, pairs: list[tuple[int, int]]) -> Iterator[Span]:
    _kind, a, a_end, b, b_end = change
    placed = [(change.old_start + one, change.new_start + other) for one, other in pairs]
    for one, other in [*placed, (a_end, b_end)]:
        yield from (Span(at, at + 1, b, b) for at in range(a, one))
        yield from (Span(one, one, at, at + 1) for at in range(b, other))
        if one < a_end:
            yield Span(one, one + 1, other, other + 1)
        a, b = one + 1, other + 1


class _Part:
    """A block that is compared with many others."""

    def __init__(self, block: Content) -> None:
        self.kind = block["type"]
        self.text = to_text(block)
        self.bag = words.bag(self.text)


def _weigh(old: _Part, new: _Part) -> float:
    alike = words.likeness(old.bag, new.bag)
    same_kind = _SAME_KIND if old.kind == new.kind else 0.0
    return alike + same_kind if alike >= _ALIKE else 0.0


def _beginning(part: _Part) -> tuple[str, ...]:
    return words.beginning(part.text)


def _ending(part: _Part) -> tuple[str, ...]:
    return words.ending(part.text)
