"""Which part of the old text has become which part of the new one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from in4green.livetext.content.sequences import changes

Part = TypeVar("Part")
Weigh = Callable[[Part, Part], float]
Pairs = Iterator[tuple[int, int]]

_FULL = 2500  # largest product of two lengths in which every pair is weighed


def pairs(
    old: Sequence[Part],
    new: Sequence[Part],
    weigh: Weigh[Part],
    hints: Sequence[Callable[[Part], Hashable]] = (),
) -> list[tuple[int, int]]:
    """Places of pairs in rising order, heaviest altogether; weight 0 is never a pair.

    Where there are too many to weigh them all, parts with the same hint are pairs, and what is
    left between those is tried with the next hint.
    """
    if len(old) * len(new) <= _FULL:
        return list(_heaviest(old, new, weigh))
    if hints:
        return list(_hinted(old, new, weigh, hints))
    return [(at, at) for at in range(min(len(old), len(new))) if weigh(old[at], new[at])]


def _hinted(
    old: Sequence[Part],
    new: Sequence[Part],
    weigh: Weigh[Part],
    hints: Sequence[Callable[[Part], Hashable]],
) -> Pairs:
    first, *others = hints
    for kind, a, a_end, b, b_end in changes([first(p) for p in old], [first(p) for p in new]):
        if kind == "equal":
            yield from (
                (at, b + at - a) for at in range(a, a_end) if weigh(old[at], new[b + at - a])
            )
        elif kind == "replace":
            inner = pairs(old[a:a_end], new[b:b_end], weigh, others)
            yield from ((a + one, b + other) for one, other in inner)


def _heaviest(old: Sequence[Part], new: Sequence[Part], weigh: Weigh[Part]) -> Pairs:
    weights = [[weigh(one, other) for other in new] for one in old]
    best = _sums(weights, len(new))
    a = b = 0
    while a < len(old) and b < len(new):
        if weights[a][b] and best[a][b] == weights[a][b] + best[a + 1][b + 1]:
            yield a, b
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1


def _sums(weights: list[list[float]], width: int) -> list[list[float]]:
    """What the pairs from here to the end can weigh at most."""
    best = [[0.0] * (width + 1) for _ in range(len(weights) + 1)]
    for a in range(len(weights) - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            here = weights[a][b] + best[a + 1][b + 1] if weights[a][b] else 0.0
            best[a][b] = max(here, best[a + 1][b], best[a][b + 1])
    return best
