"""Sets of clocks, kept as ranges that neither touch nor overlap."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class Spans:
    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts = array("I")
        self.ends = array("I")

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends, strict=True)

    def __len__(self) -> int:
        return len(self.starts)

    def add(self, start: int, end: int) -> None:
        first, last = bisect_left(self.ends, start), bisect_right(self.starts, end)
        if first < last:
            start, end = min(start, self.starts[first]), max(end, self.ends[last - 1])
        self.starts[first:last] = array("I", [start])
        self.ends[first:last] = array("I", [end])

    def covers(self, start: int, end: int) -> bool:
        found = bisect_right(self.starts, start) - 1
        return found >= 0 and end <= self.ends[found]
