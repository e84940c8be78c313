"""What is wrong with a text that is to be written: an editor would delete it for everybody."""

from collections.abc import Iterator
from typing import Any

from in4green.livetext import schema
from in4green.livetext.content import nodes
from in4green.livetext.content.attributes import typed
from in4green.livetext.content.tree import Content

_MOST = 20  # complaints; more say no more


def validate(content: Content) -> list[str]:
    """Empty if the schema allows it all; each complaint names the place by child numbers."""
    found: list[str] = []
    if content.get("type") != schema.definition()["top"]:
        return ["The text does not begin with its root."]
    waiting: list[tuple[str, Content]] = [("", content)]
    while waiting and len(found) < _MOST:
        place, node = waiting.pop()
        found.extend(f"{place or '/'}: {complaint}" for complaint in _of(node))
        children = node.get("content", [])
        numbered = [(f"{place}/{at}", child) for at, child in enumerate(children)]
        waiting.extend(reversed(numbered))
    return found[:_MOST]


def _of(node: Content) -> Iterator[str]:
    name = str(node.get("type"))
    if name == "text":
        yield from _of_text(node)
        return
    if name not in schema.definition()["nodes"]:
        yield f"unknown node {name!r}"
        return
    names = [str(child.get("type")) for child in node.get("content", [])]
    if not nodes.fits(name, names):
        yield f"{name} may not hold {', '.join(names[:5]) or 'nothing'}"
    if node.get("marks"):
        yield f"{name} may not be marked"
    yield from _of_attributes(name, nodes.specification(name), node.get("attrs", {}))


def _of_text(node: Content) -> Iterator[str]:
    if not isinstance(node.get("text"), str) or not node["text"]:
        yield "a text without words"
    names = [mark.get("type") for mark in node.get("marks", [])]
    for mark in node.get("marks", []):
        name, rules = str(mark.get("type")), nodes.mark(str(mark.get("type")))
        if not rules:
            yield f"unknown mark {name!r}"
            continue
        if names.count(name) > 1 and not rules.get("overlaps"):
            yield f"{name} twice on one text"
        yield from _of_attributes(name, rules, mark.get("attrs", {}))


def _of_attributes(name: str, rules: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    declared = rules.get("attributes", {})
    for attribute, value in given.items():
        if attribute not in declared:
            yield f"{name} has no attribute {attribute!r}"
        elif value != declared[attribute]["default"] and typed(declared[attribute], value) != value:
            yield f"{attribute} of {name} may not be {str(value)[:40]!r}"
