"""What is known of a text without building it: how far each client is, and where its parts hang."""

from typing import TYPE_CHECKING

from in4green.livetext.lib0 import Malformed, read_var_uint, var_uint
from in4green.livetext.places import MISFIT, Runs, is_gone

if TYPE_CHECKING:
    from in4green.livetext.gate import Scan

Depths = dict[int, Runs]


class Known:
    """``clocks`` is the state vector: client id → the clock that its next struct will have."""

    __slots__ = ("clocks", "depths")

    def __init__(self) -> None:
        self.clocks: dict[int, int] = {}
        self.depths: Depths = {}

    def apply(self, scan: "Scan") -> None:
        """Take a committed update in. Raises ValueError where something before it is missing."""
        if not scan.is_complete(self):
            raise ValueError("the update waits for another")
        for client, news in scan.depths.items():
            known = self.depths.get(client)
            if news.start > self.clocks.get(client, 0):
                raise ValueError("the update was checked against another text")
            if known is None:
                self.depths[client] = news.copy()
            else:
                _extend(known, news)
            self.clocks[client] = self.depths[client].end

    def to_bytes(self) -> tuple[bytes, bytes]:
        """The state vector as Yjs writes it, and the depths."""
        depths = [var_uint(len(self.depths))]
        for client, runs in self.depths.items():
            depths += var_uint(client), var_uint(len(runs.codes)), bytes(runs.codes)
            depths += [var_uint(end - start) for start, end, _code in runs.spans()]
        return self.state_vector(), b"".join(depths)

    def state_vector(self) -> bytes:
        """As Yjs writes it."""
        vector = [var_uint(len(self.clocks))]
        for client, clock in self.clocks.items():
            vector += var_uint(client), var_uint(clock)
        return b"".join(vector)

    @classmethod
    def from_bytes(cls, state_vector: bytes, depths: bytes) -> "Known":
        """Raises Malformed, also where the two don't belong together."""
        known = cls()
        known.clocks = read_state_vector(state_vector)
        known.depths = _read_depths(depths)
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


def _read_depths(raw: bytes) -> Depths:
    depths = {}
    count, at = read_var_uint(raw, 0)
    for _ in range(count):
        client, at = read_var_uint(raw, at)
        length, at = read_var_uint(raw, at)
        codes, at = raw[at : at + length], at + length
        depths[client] = runs = Runs(0)
        for code in codes:
            span, at = read_var_uint(raw, at)
            runs.append(span, code)
    if at != len(raw):
        raise Malformed("bytes follow the depths")
    return depths


def _extend(known: Runs, news: Runs) -> None:
    """Two updates that were checked at once may bring the same structs: the first one counts."""
    fits = True
    for start, end, code in news.spans():
        if start < known.end:
            fits = fits and _agrees(known, start, min(end, known.end), code)
        if end > known.end:
            known.append(end - known.end, code if fits else MISFIT)


def _agrees(known: Runs, start: int, end: int, code: int) -> bool:
    return all(
        there == code or is_gone(there)
        for first, last, there in known.spans()
        if first < end and last > start
    )
