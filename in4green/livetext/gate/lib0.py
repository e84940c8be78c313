"""The encoding under Yjs: numbers, strings and plain values in bytes, as npm's lib0 writes them.

Readers take the bytes and a position, and answer the value and the position after it. They raise
Malformed, allocate nothing that a length merely claims, and accept one spelling of a number only:
where parsers differ, replicas would. Nothing here recurses.
"""

import struct
from typing import Any

LARGEST = 2**53 - 1  # what a JavaScript number holds exactly
DEEPEST = 4  # containers within containers of a plain value


class Malformed(ValueError):
    """No encoder writes these bytes."""


def read_var_uint(data: bytes, at: int) -> tuple[int, int]:
    try:
        byte = data[at]
        if byte < 128:
            return byte, at + 1
        number = byte & 127
        shift = 7
        while True:
            at += 1
            byte = data[at]
            if byte < 128:
                break
            number |= (byte & 127) << shift
            shift += 7
            if shift > 49:
                raise Malformed("a number has more than 53 bits")
    except IndexError:
        raise Malformed("the bytes end in a number") from None
    number |= byte << shift
    if not byte or number > LARGEST:
        raise Malformed("a number has more than 53 bits, or needless ones")
    return number, at + 1


def read_var_int(data: bytes, at: int) -> tuple[int, int]:
    """The first byte holds the sign and six bits; minus zero is zero."""
    if at >= len(data):
        raise Malformed("the bytes end in a number")
    first = data[at]
    number = first & 63
    at += 1
    if first & 128:
        rest, at = read_var_uint(data, at)
        number |= rest << 6
        if not rest or number > LARGEST:
            raise Malformed("a number has more than 53 bits, or needless ones")
    return (-number if first & 64 else number), at


def read_var_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = read_var_uint(data, at)
    end = at + length
    if end > len(data):
        raise Malformed("the bytes end in a string")
    return data[at:end], end


def read_var_string(data: bytes, at: int) -> tuple[str, int]:
    raw, at = read_var_bytes(data, at)
    try:
        return raw.decode(), at
    except UnicodeDecodeError:
        raise Malformed("a string is not UTF-8") from None


def _read_number(data: bytes, at: int, layout: struct.Struct) -> tuple[float, int]:
    if at + layout.size > len(data):
        raise Malformed("the bytes end in a number")
    return layout.unpack_from(data, at)[0], at + layout.size


_FLOAT32, _FLOAT64, _INT64 = struct.Struct(">f"), struct.Struct(">d"), struct.Struct(">q")
_CONSTANTS = {127: None, 126: None, 121: False, 120: True}  # 127 is JavaScript's undefined
_OBJECT, _ARRAY = 118, 117


def _read_plain(data: bytes, at: int, kind: int) -> tuple[Any, int]:
    """A value that holds no other."""
    match kind:
        case 125:
            return read_var_int(data, at)
        case 124:
            return _read_number(data, at, _FLOAT32)
        case 123:
            return _read_number(data, at, _FLOAT64)
        case 122:
            return _read_number(data, at, _INT64)
        case 119:
            return read_var_string(data, at)
        case 116:
            return read_var_bytes(data, at)
    if kind in _CONSTANTS:
        return _CONSTANTS[kind], at
    raise Malformed("a value has an unknown kind")


def read_any(data: bytes, at: int) -> tuple[Any, int]:
    """A plain value, containers in it at most DEEPEST deep."""
    result: list[Any] = []
    # Containers that are being filled, each with how many entries it still waits for.
    open_ones: list[tuple[Any, int]] = [(result, 1)]
    while open_ones:
        container, missing = open_ones.pop()
        if not missing:
            continue
        open_ones.append((container, missing - 1))
        key = None
        if isinstance(container, dict):
            key, at = read_var_string(data, at)
        if at >= len(data):
            raise Malformed("the bytes end in a value")
        kind = data[at]
        value: Any
        if kind in (_OBJECT, _ARRAY):
            if len(open_ones) > DEEPEST:
                raise Malformed("a value is nested too deep")
            count, at = read_var_uint(data, at + 1)
            value = {} if kind == _OBJECT else []
            open_ones.append((value, count))
        else:
            value, at = _read_plain(data, at + 1, kind)
        if key is None:
            container.append(value)
        else:
            container[key] = value
    return result[0], at


def var_uint(number: int) -> bytes:
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    written.append(number)
    return bytes(written)


def var_bytes(raw: bytes) -> bytes:
    return var_uint(len(raw)) + raw


def var_string(text: str) -> bytes:
    return var_bytes(text.encode())
