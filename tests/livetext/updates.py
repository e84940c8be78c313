"""Updates built part by part, also such as no editor writes."""

import base64
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from in4green.livetext.gate import Known, Limits, Scan, check
from in4green.livetext.gate.lib0 import var_string, var_uint
from tests.livetext.encoding import any_value

ROOT = "prosemirror"
FRAME = Limits()  # of what a socket may send
Id = tuple[int, int]
Content = tuple[int, bytes]
Part = tuple[int, int, list[bytes]]  # client, clock of the first struct, structs


def deleted(length: int) -> Content:
    return 1, var_uint(length)


def letters(text: str) -> Content:
    return 4, var_string(text)


def mark(key: str, value: str = "{}") -> Content:
    return 6, var_string(key) + var_string(value)


def element(name: str = "blockquote") -> Content:
    return 7, b"\x03" + var_string(name)


def text() -> Content:
    return 7, b"\x06"


def values(*each: Any) -> Content:
    return 8, var_uint(len(each)) + b"".join(any_value(value) for value in each)


def collected(length: int) -> bytes:
    return b"\x00" + var_uint(length)


def skipped(length: int) -> bytes:
    return b"\x0a" + var_uint(length)


def item(
    content: Content,
    *,
    left: Id | None = None,
    right: Id | None = None,
    inside: Id | str | None = None,
    name: str | None = None,
) -> bytes:
    kind, body = content
    info = kind | (128 if left else 0) | (64 if right else 0) | (32 if name is not None else 0)
    written = [bytes([info])]
    for neighbour in (left, right):
        if neighbour:
            written += map(var_uint, neighbour)
    if isinstance(inside, str):
        written += b"\x01", var_string(inside)
    elif inside:
        written += b"\x00", *map(var_uint, inside)
    if name is not None and inside:
        written.append(var_string(name))
    return b"".join([*written, body])


def update(*parts: Part, deletes: dict[int, list[tuple[int, int]]] | None = None) -> bytes:
    """``deletes`` are clocks and lengths by client."""
    written = [var_uint(len(parts))]
    for client, clock, structs in parts:
        written += var_uint(len(structs)), var_uint(client), var_uint(clock), *structs
    written.append(var_uint(len(deletes or {})))
    for client, ranges in (deletes or {}).items():
        written += var_uint(client), var_uint(len(ranges))
        for clock, length in ranges:
            written += var_uint(clock), var_uint(length)
    return b"".join(written)


def enter(known: Known, *updates: bytes, limits: Limits = FRAME) -> list[Scan]:
    """Let each through the gate, as it would be committed."""
    scans = []
    for each in updates:
        scans.append(scan := check(each, known, limits))
        known.apply(scan)
    return scans


def sentence(letters_of_it: str = "abc", client: int = 1) -> bytes:
    """A paragraph (clock 0) with a text (1) of letters (2 and on)."""
    return update(
        (
            client,
            0,
            [
                item(element("paragraph"), inside=ROOT),
                item(text(), inside=(client, 0)),
                item(letters(letters_of_it), inside=(client, 1)),
            ],
        )
    )


class Golden:
    """What editors wrote (``golden/make.mjs``)."""

    def __init__(self, name: str) -> None:
        written = json.loads((GOLDEN / f"updates-{name}.json").read_text())
        self.updates = [base64.b64decode(each) for each in written["updates"]]
        self.state_vector = base64.b64decode(written["stateVector"])
        self.state = base64.b64decode(written["state"])


GOLDEN = Path(__file__).parent / "golden"
SCENARIOS = sorted(path.stem.removeprefix("updates-") for path in GOLDEN.glob("updates-*.json"))


@contextmanager
def allocates_less(than: int) -> Iterator[None]:
    """Bytes, at the most that were held at once."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < than
