"""Which nodes may stand where: ProseMirror's content expressions, as regular expressions."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from in4green.livetext import schema


def fits(name: str, children: Iterable[str]) -> bool:
    """Whether a node may have these children; False for a name that the schema doesn't know."""
    pattern = _pattern(name)
    return pattern is not None and bool(pattern.fullmatch("".join(f"{c};" for c in children)))


def specification(name: str) -> dict[str, Any]:
    """Empty for a name that the schema doesn't know."""
    found: dict[str, Any] = schema.definition()["nodes"].get(name, {})
    return found


def mark(name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema.definition()["marks"].get(name, {})
    return found


def holds_text(name: str) -> bool:
    return "inline" in specification(name).get("content", "")


@cache
def rank(mark_name: str) -> int:
    """Marks of a text are sorted as the schema names them, as ProseMirror does it."""
    return list(schema.definition()["marks"]).index(mark_name)


@cache
def members(group: str) -> frozenset[str]:
    """The nodes of a group; a node's name stands for itself."""
    nodes: dict[str, dict[str, Any]] = schema.definition()["nodes"]
    return frozenset(name for name in nodes if group in (name, nodes[name].get("group")))


@cache
def _pattern(name: str) -> re.Pattern[str] | None:
    """``paragraph block*`` becomes ``(?:paragraph;)(?:paragraph;|heading;|…)*``."""
    nodes = schema.definition()["nodes"]
    if name not in nodes:
        return None
    expression = re.sub(r"\w+", lambda word: _either(word[0]), nodes[name].get("content", ""))
    return re.compile(expression.replace(" ", ""))


def _either(group: str) -> str:
    return "(?:" + "|".join(f"{name};" for name in sorted(members(group))) + ")"
