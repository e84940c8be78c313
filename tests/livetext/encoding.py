"""Writes what only browsers write to us: signed numbers and plain values of lib0."""

import struct
from collections.abc import Iterator
from typing import Any

from in4green.livetext.gate.lib0 import var_bytes, var_string, var_uint


def var_int(number: int) -> bytes:
    sign = 64 if number < 0 else 0
    number = abs(number)
    if number < 64:
        return bytes([sign | number])
    return bytes([128 | sign | number & 63]) + var_uint(number >> 6)


def _plain(value: Any) -> bytes:
    match value:
        case None:
            return b"\x7e"
        case bool():
            return b"\x78" if value else b"\x79"
        case int():
            return b"\x7d" + var_int(value)
        case float():
            return b"\x7b" + struct.pack(">d", value)
        case str():
            return b"\x77" + var_string(value)
        case bytes():
            return b"\x74" + var_bytes(value)
    raise TypeError(f"{type(value).__name__} has no encoding")


def any_value(value: Any) -> bytes:
    """Of None, bool, int, float, str, bytes, and lists and dicts of them."""
    written = []
    waiting: list[Iterator[tuple[str | None, Any]]] = [iter([(None, value)])]
    while waiting:
        key, value = next(waiting[-1], (None, waiting))
        if value is waiting:
            waiting.pop()
            continue
        if key is not None:
            written.append(var_string(key))
        if isinstance(value, dict):
            written.append(b"\x76" + var_uint(len(value)))
            waiting.append(iter(value.items()))
        elif isinstance(value, list):
            written.append(b"\x75" + var_uint(len(value)))
            waiting.append((None, entry) for entry in value)
        else:
            written.append(_plain(value))
    return b"".join(written)
