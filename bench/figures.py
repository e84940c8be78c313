"""What a measurement says, and how it is printed."""

import os
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    rounds: tuple[float, ...] = ()
    """What each round gave, of which ``value`` is the median."""

    @property
    def target(self) -> str:
        if self.at_most is not None:
            return f"≤ {number(self.at_most)}"
        return f"≥ {number(self.at_least)}" if self.at_least is not None else ""

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        high = self.at_most is not None and self.value > self.at_most
        low = self.at_least is not None and self.value < self.at_least
        return "missed" if high or low else "met"

    @property
    def spread(self) -> str:
        return f"{number(min(self.rounds))} – {number(max(self.rounds))}" if self.rounds else ""


def median(
    name: str,
    rounds: Iterable[float],
    unit: str = "",
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Figure:
    values = tuple(rounds)
    middle = statistics.median(values)
    return Figure(name, middle, unit, at_most=at_most, at_least=at_least, rounds=values)


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(figures: list[Figure]) -> str:
    head = ("Figure", "Median", "Rounds", "Target", "")
    rows = [
        (f.name, f"{number(f.value)} {f.unit}".strip(), f.spread, f.target, f.verdict)
        for f in figures
    ]
    return grid([head, *rows])


def grid(rows: Sequence[tuple[str, ...]]) -> str:
    """In Markdown, so that it can be put on a page as it is; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def surroundings() -> str:
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} processors, load of the last minute before: {load:.1f}"
