"""What changed between two sequences, in time that stays short for long ones.

Items that occur once on both sides anchor the comparison (Bram Cohen's patience diff); what lies
between two anchors is compared in full if it is small. Where a large part has no anchors at all,
it counts as replaced: correct, though not the smallest difference.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_FULL = 40_000  # largest product of two lengths that is compared item by item

Kind = Literal["equal", "replace", "delete", "insert"]


class Change(NamedTuple):
    """Items ``old_start`` to ``old_end`` have become ``new_start`` to ``new_end``."""

    kind: Kind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Change]:
    """From the start to the end of both, kinds alternating between equal and not."""
    found: list[Change] = []
    old_at = new_at = 0
    for old_start, new_start, length in [*_matches(old, new), (len(old), len(new), 0)]:
        kind = _KINDS[old_at < old_start, new_at < new_start]
        if kind:
            found.append(Change(kind, old_at, old_start, new_at, new_start))
        old_at, new_at = old_start + length, new_start + length
        if length:
            found.append(Change("equal", old_start, old_at, new_start, new_at))
    return found


_KINDS: dict[tuple[bool, bool], Kind | None] = {
    (True, True): "replace",
    (True, False): "delete",
    (False, True): "insert",
    (False, False): None,
}

Span = tuple[int, int, int, int]
Match = tuple[int, int, int]


def _matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Equal parts in order, those that touch each other joined."""
    joined: list[Match] = []
    for old_start, new_start, length in sorted(_parts(old, new)):
        if joined and joined[-1][0] + joined[-1][2] == old_start:
            before = joined[-1]
            if before[1] + before[2] == new_start:
                joined[-1] = (before[0], before[1], before[2] + length)
                continue
        joined.append((old_start, new_start, length))
    return joined


def _parts(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Match]:
    waiting: list[Span] = [(0, len(old), 0, len(new))]
    while waiting:
        span = waiting.pop()
        head, tail, span = trim(old, new, span)
        yield from (part for part in (head, tail) if part[2])
        old_start, old_end, new_start, new_end = span
        if old_start == old_end or new_start == new_end:
            continue
        if anchors := _anchors(old, new, span):
            waiting.extend(_between(anchors, span))
            yield from ((a, b, 1) for a, b in anchors)
        elif (old_end - old_start) * (new_end - new_start) <= _FULL:
            yield from _full(old, new, span)


def trim(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> tuple[Match, Match, Span]:
    """What both begin and end with, and the span that remains between."""
    old_start, old_end, new_start, new_end = span
    shorter = min(old_end - old_start, new_end - new_start)
    head = tail = 0
    while head < shorter and old[old_start + head] == new[new_start + head]:
        head += 1
    while tail < shorter - head and old[old_end - tail - 1] == new[new_end - tail - 1]:
        tail += 1
    rest = (old_start + head, old_end - tail, new_start + head, new_end - tail)
    return (old_start, new_start, head), (rest[1], rest[3], tail), rest


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> list[tuple[int, int]]:
    """Places of what occurs once on both sides, as many as stand in the same order.

    In a long text no single word may be alone: then several in a row are.
    """
    old_start, old_end, new_start, new_end = span
    widths = (1,) if (old_end - old_start) * (new_end - new_start) <= _FULL else (1, 6, 24)
    for width in widths:
        ours = _unique(old, old_start, old_end, width)
        theirs = _unique(new, new_start, new_end, width)
        pairs = [(at, theirs[part]) for part, at in ours.items() if part in theirs]
        if pairs:
            return _rising(pairs)
    return []


def _unique(
    items: Sequence[Hashable], start: int, end: int, width: int
) -> dict[tuple[Hashable, ...], int]:
    """Rows of ``width`` items that occur once, and where, in their order."""
    rows = list(zip(*(items[start + shift : end] for shift in range(width)), strict=False))
    counts = Counter(rows)
    return {row: start + at for at, row in enumerate(rows) if counts[row] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rise on both sides (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        last[pile : pile + 1] = [place]
    rising = []
    place = last[-1] if last else -1
    while place >= 0:
        rising.append(pairs[place])
        place = before[place]
    return rising[::-1]


def _between(anchors: list[tuple[int, int]], span: Span) -> Iterator[Span]:
    old_at, old_end, new_at, new_end = span
    for old_anchor, new_anchor in [*anchors, (old_end, new_end)]:
        yield old_at, old_anchor, new_at, new_anchor
        old_at, new_at = old_anchor + 1, new_anchor + 1


def _full(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> Iterator[Match]:
    old_start, old_end, new_start, new_end = span
    matcher = SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], autojunk=False)
    for match in matcher.get_matching_blocks():
        if match.size:
            yield old_start + match.a, new_start + match.b, match.size
