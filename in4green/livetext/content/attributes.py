"""Which value an attribute may have: everything else becomes the default of ``schema.json``."""

import re
from collections.abc import Callable
from typing import Any

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f\x7f<>\"\\^`{|}]+", re.IGNORECASE)
# One slash: two would name another host, and browsers read a backslash as a slash.
_PATH = re.compile(r"/(?!/)[^\s\x00-\x1f\x7f<>\"\\]*")
_SLUG = re.compile(r"[a-z_]{1,30}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WIDEST = 10_000  # pixels of a column


def clean(specification: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Every declared attribute, typed; what isn't declared is left out."""
    return {
        name: kept if (kept := typed(rule, given.get(name))) is not None else rule["default"]
        for name, rule in specification.get("attributes", {}).items()
    }


def typed(rule: dict[str, Any], value: Any) -> Any:
    """The value in Python's type (a CRDT's numbers are floats), or None if it doesn't fit."""
    return _READERS[rule["type"]](rule, value)


def _integer(rule: dict[str, Any], value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return int(value) if rule["minimum"] <= value <= rule["maximum"] else None


def _boolean(_rule: dict[str, Any], value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(rule: dict[str, Any], value: Any) -> str | None:
    return storable(value)[: rule["maximum"]] if isinstance(value, str) else None


def _matching(pattern: re.Pattern[str], longest: int) -> Callable[[dict[str, Any], Any], Any]:
    def read(rule: dict[str, Any], value: Any) -> str | None:
        fits = isinstance(value, str) and len(value) <= rule.get("maximum", longest)
        return value if fits and pattern.fullmatch(value) else None

    return read


def _widths(_rule: dict[str, Any], value: Any) -> list[int] | None:
    if not isinstance(value, list | tuple):
        return None
    numbers = [_integer({"minimum": 0, "maximum": _WIDEST}, width) for width in value]
    return None if None in numbers else [number for number in numbers if number is not None]


def storable(text: str) -> str:
    """PostgreSQL's JSON takes no NUL, and UTF-8 no lone surrogate."""
    return _UNSTORABLE.sub("�", text)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_READERS: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "integer": _integer,
    "boolean": _boolean,
    "text": _text,
    "language": _matching(_LANGUAGE, 35),
    "address": _matching(_ADDRESS, 2000),
    "path": _matching(_PATH, 2000),
    "slug": _matching(_SLUG, 30),
    "uuid": _matching(_UUID, 36),
    "widths": _widths,
}
