"""What is known of a text without building it: how far each client is, where its parts hang,
what is deleted, and which letters take two clocks.

A snapshot keeps it beside the state. It is carried on from update to update and never read from
the state: what is collected there has lost its depth, and whoever nests below it would start anew.
"""

from typing import TYPE_CHECKING

from in4green.livetext.gate.lib0 import (
    Malformed,
    read_var_bytes,
    read_var_uint,
    var_bytes,
    var_uint,
)
from in4green.livetext.gate.places import Runs
from in4green.livetext.gate.spans import Spans

if TYPE_CHECKING:
    from in4green.livetext.gate import Scan

Depths = dict[int, Runs]
Clocks = dict[int, Spans]  # sets of them


class Known:
    """``clocks`` is the state vector: client id → the clock that its next struct will have."""

    __slots__ = ("clocks", "deleted", "depths", "middles")

    def __init__(self) -> None:
        self.clocks: dict[int, int] = {}
        self.depths: Depths = {}
        self.deleted: Clocks = {}
        self.middles: Clocks = {}  # between the two

    def apply(self, scan: "Scan") -> None:
        """Take an update in. Raises ValueError unless it was checked against just this."""
        if not scan.is_complete(self):
            raise ValueError("the update waits for another")
        if any(news.start != self.clocks.get(client, 0) for client, news in scan.depths.items()):
            raise ValueError("the update was checked against something else")
        for client, news in scan.depths.items():
            if client in self.depths:
                self.depths[client].extend(news)
            else:
                self.depths[client] = news.copy()
            self.clocks[client] = news.end
        for client, ranges in scan.deletes.items():
            spans = self.deleted.setdefault(client, Spans())
            for start, end in ranges:
                spans.add(start, end)
        for client, clock in scan.middles:
            self.middles.setdefault(client, Spans()).add(clock, clock + 1)

    def state_vector(self) -> bytes:
        """As Yjs writes it."""
        written = [var_uint(len(self.clocks))]
        for client, clock in self.clocks.items():
            written += var_uint(client), var_uint(clock)
        return b"".join(written)

    def to_bytes(self) -> tuple[bytes, bytes]:
        """The state vector, and the rest."""
        rest = _depths_to_bytes(self.depths)
        for clocks in (self.deleted, self.middles):
            rest += _clocks_to_bytes(clocks)
        return self.state_vector(), rest

    @classmethod
    def from_bytes(cls, state_vector: bytes, depths: bytes) -> "Known":
        """Raises Malformed, also where the two don't belong together."""
        known = cls()
        known.clocks = read_state_vector(state_vector)
        known.depths, at = _read_depths(depths)
        known.deleted, at = _read_clocks(depths, at)
        known.middles, at = _read_clocks(depths, at)
        if at != len(depths):
            raise Malformed("bytes follow the depths")
        if known.clocks != {client: runs.end for client, runs in known.depths.items()}:
            raise Malformed("depths and state vector differ")
        return known


def read_state_vector(raw: bytes) -> dict[int, int]:
    """Raises Malformed."""
    clocks = {}
    count, at = read_var_uint(raw, 0)
    for _ in range(count):
        client, at = read_var_uint(raw, at)
        clocks[client], at = read_var_uint(raw, at)
    if at != len(raw):
        raise Malformed("bytes follow the state vector")
    return clocks


def _depths_to_bytes(depths: Depths) -> bytes:
    written = [var_uint(len(depths))]
    for client, runs in depths.items():
        written += var_uint(client), var_bytes(bytes(runs.codes))
        written += [var_uint(end - start) for start, end, _code in runs.spans()]
    return b"".join(written)


def _read_depths(raw: bytes) -> tuple[Depths, int]:
    depths: Depths = {}
    count, at = read_var_uint(raw, 0)
    for _ in range(count):
        client, at = read_var_uint(raw, at)
        codes, at = read_var_bytes(raw, at)
        depths[client] = runs = Runs(0)
        for code in codes:
            length, at = read_var_uint(raw, at)
            runs.append(length, code)
    return depths, at


def _clocks_to_bytes(clocks: Clocks) -> bytes:
    written = [var_uint(len(clocks))]
    for client, spans in clocks.items():
        written += var_uint(client), var_uint(len(spans))
        last = 0
        for start, end in spans:
            written += var_uint(start - last), var_uint(end - start)
            last = end
    return b"".join(written)


def _read_clocks(raw: bytes, at: int) -> tuple[Clocks, int]:
    clocks: Clocks = {}
    count, at = read_var_uint(raw, at)
    for _ in range(count):
        client, at = read_var_uint(raw, at)
        length, at = read_var_uint(raw, at)
        clocks[client] = spans = Spans()
        end = 0
        for _ in range(length):
            gap, at = read_var_uint(raw, at)
            size, at = read_var_uint(raw, at)
            spans.add(end + gap, end + gap + size)
            end += gap + size
    return clocks, at
