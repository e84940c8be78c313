"""Which part of the old text has become which part of the new one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Old = TypeVar("Old")
New = TypeVar("New")

_FULL = 2500  # largest product of two lengths in which every pair is weighed


def pairs(
    old: Sequence[Old], new: Sequence[New], weigh: Callable[[Old, New], float]
) -> list[tuple[int, int]]:
    """Places of pairs in rising order, heaviest altogether; weight 0 is never a pair."""
    if len(old) * len(new) > _FULL:
        return _side_by_side(old, new, weigh)
    weights = [[weigh(one, other) for other in new] for one in old]
    best = _sums(weights, len(new))
    found, a, b = [], 0, 0
    while a < len(old) and b < len(new):
        if weights[a][b] and best[a][b] == weights[a][b] + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _sums(weights: list[list[float]], width: int) -> list[list[float]]:
    """What the pairs from here to the end can weigh at most."""
    best = [[0.0] * (width + 1) for _ in range(len(weights) + 1)]
    for a in range(len(weights) - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            here = weights[a][b] + best[a + 1][b + 1] if weights[a][b] else 0.0
            best[a][b] = max(here, best[a + 1][b], best[a][b + 1])
    return best


def _side_by_side(
    old: Sequence[Old], new: Sequence[New], weigh: Callable[[Old, New], float]
) -> list[tuple[int, int]]:
    return [(at, at) for at in range(min(len(old), len(new))) if weigh(old[at], new[at])]
