"""One figure of several servers in the same run, and what ours is to reach."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.figures import grid, number
from bench.livetext.servers import HOCUSPOCUS, NAMES, OURS


@dataclass(frozen=True)
class Comparison:
    """``values`` has what each round gave, by server. A target is for the ratio ours / Hocuspocus
    of the same round, or with ``absolute`` for our own value."""

    name: str
    unit: str
    values: Mapping[str, Sequence[float]]
    at_most: float | None = None
    at_least: float | None = None
    absolute: bool = False
    every: bool = False
    """Whether our own value of each round counts, not their median."""

    @property
    def ratios(self) -> list[float]:
        ours, theirs = self.values[OURS], self.values.get(HOCUSPOCUS, ())
        return [ratio(mine, other) for mine, other in zip(ours, theirs, strict=False)]

    @property
    def judged(self) -> float:
        if self.every:
            return (min if self.at_most is None else max)(self.values[OURS])
        return statistics.median(self.values[OURS] if self.absolute else self.ratios)

    @property
    def target(self) -> str:
        sign, bound = ("≤", self.at_most) if self.at_most is not None else ("≥", self.at_least)
        return "" if bound is None else f"{sign} {number(bound)}"

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        low = self.at_least is not None and not self.judged >= self.at_least
        high = self.at_most is not None and not self.judged <= self.at_most
        return "missed" if low or high else "met"

    def cells(self) -> tuple[str, ...]:
        shown = [f"{spread(self.values[name])}" if name in self.values else "" for name in NAMES]
        between = spread([statistics.median(self.ratios)]) if self.ratios else ""
        return (f"{self.name}, {self.unit}", *shown, between, self.target, self.verdict)


def ratio(mine: float, other: float) -> float:
    """Against a run that lost something nothing can be too slow; ours never may."""
    if math.isinf(mine) or math.isnan(mine):
        return math.inf
    return mine / other if other else math.nan


def spread(values: Sequence[float]) -> str:
    """Median, and between which values it lies."""
    known = [value for value in values if not math.isnan(value)]
    if not known:
        return ""
    middle = shown(statistics.median(known))
    return f"{middle} ({shown(min(known))}–{shown(max(known))})" if len(known) > 1 else middle


def shown(value: float) -> str:
    return "lost some" if math.isinf(value) else number(value)


def table(comparisons: Sequence[Comparison]) -> str:
    head = ("Median (rounds)", *NAMES, "ours / H", "Target", "")
    return grid([head, *(comparison.cells() for comparison in comparisons)])
