"""What one struct of an update may hold, after our schema; everything else is refused.

Each reader takes the bytes and a position, and answers the table of ``places`` that says where
such content may hang, its length in clocks, the position after it, and where in it letters of two
clocks have their middle.
"""

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final

from in4green.livetext import schema
from in4green.livetext.gate.lib0 import read_any, read_var_bytes, read_var_string, read_var_uint
from in4green.livetext.gate.places import DELETED_AT, ELEMENT_AT, INLINE_AT, TEXT_AT, VALUE_AT

LONGEST_FORMAT = 2000  # bytes of a mark's attributes as JSON
DEEPEST_FORMAT = 4

Content = tuple[bytes, int, int, list[int]]

_elements: Final = cache(schema.elements)
_marks: Final = cache(schema.marks)
_XML_ELEMENT, _XML_TEXT = 3, 6
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# y-prosemirror stores a mark that may overlap its like under a name of its own.
_HASH = re.compile(r"--[A-Za-z0-9+/=]{8}\Z")


class Refused(ValueError):
    """``reason`` is for the log and for the client that sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_deleted(data: bytes, at: int) -> Content:
    length, at = read_var_uint(data, at)
    return DELETED_AT, length, at, []


def read_string(data: bytes, at: int) -> Content:
    """Its length counts UTF-16 units, as JavaScript does."""
    text, end = read_var_string(data, at)
    if "\0" in text:
        raise Refused("a zero character can't be stored")
    if text.isascii():
        return INLINE_AT, len(text), end, []
    middles = [at + number + 1 for number, at in enumerate(_wide(text))]
    return INLINE_AT, len(text) + len(middles), end, middles


def _wide(text: str) -> list[int]:
    return [match.start() for match in _TWO_UNITS.finditer(text)]


def read_format(data: bytes, at: int) -> Content:
    key, at = read_var_string(data, at)
    value, at = read_var_bytes(data, at)
    if len(value) > LONGEST_FORMAT:
        raise Refused("a mark is too long")
    check_mark(key, value)
    return INLINE_AT, 1, at, []


@lru_cache(256)
def check_mark(key: str, value: bytes) -> None:
    if _HASH.sub("", key) not in _marks():
        raise Refused("a mark is not in the schema")
    try:
        text = value.decode()
        if _depth(text) > DEEPEST_FORMAT:
            raise Refused("a mark is nested too deep")
        attributes = json.loads(text)
    except ValueError as error:
        if isinstance(error, Refused):
            raise
        raise Refused("a mark is no JSON") from None
    if attributes is not None and not isinstance(attributes, dict | bool):
        raise Refused("a mark has no attributes")
    check_storable(attributes)


def _depth(text: str) -> int:
    """How deep JSON nests, found without parsing it."""
    depth = deepest = 0
    for character in _JSON_STRING.sub("", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def check_storable(value: Any) -> None:
    """Refuses what JSON, and PostgreSQL's, can't hold: it would spoil every snapshot."""
    try:
        written = json.dumps(value, allow_nan=False, ensure_ascii=False)
        written.encode()
    except (TypeError, ValueError):
        raise Refused("a value can't be stored") from None
    if "\\u0000" in written:
        raise Refused("a zero character can't be stored")


def read_type(data: bytes, at: int) -> Content:
    kind, at = read_var_uint(data, at)
    if kind == _XML_TEXT:
        return TEXT_AT, 1, at, []
    if kind != _XML_ELEMENT:
        raise Refused("a type is not XML element or text")
    name, at = read_var_string(data, at)
    if name not in _elements():
        raise Refused("an element is not in the schema")
    return ELEMENT_AT, 1, at, []


def read_values(data: bytes, at: int) -> Content:
    """Several at once are the former values of an attribute that an editor keeps for undo."""
    length, at = read_var_uint(data, at)
    for _ in range(length):
        value, at = read_any(data, at)
        if type(value) is not int:
            check_storable(value)
    return VALUE_AT, length, at, []


# Yjs' numbers of contents. Not among them: JSON, binary, embed, document and move.
READERS: dict[int, Callable[[bytes, int], Content]] = {
    1: read_deleted,
    4: read_string,
    6: read_format,
    7: read_type,
    8: read_values,
}
