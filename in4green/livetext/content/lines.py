"""A text as the lines that a difference compares: paragraphs, headings, pictures, live tables."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from in4green.livetext.content import live_tables, tree, words
from in4green.livetext.content.tree import Content, Node, Run, Text


@dataclass(frozen=True)
class Step:
    """A container on the way to a line, and which of its parent's children it is, from 1."""

    name: str
    number: int
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    name: str
    attributes: dict[str, Any]
    way: tuple[Step, ...]
    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def form(self) -> str:
        """What it is and where it is, without the numbers of places, and all but its words."""
        way = [(step.name, _shape(step.attributes)) for step in self.way]
        return json.dumps([self.name, self.attributes, way], sort_keys=True)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        return (self.form, *tree.without_comments(self.runs))

    @cached_property
    def bag(self) -> Any:
        return words.bag(self.text)

    def number(self, name: str) -> int | None:
        """Which row or cell it stands in, the innermost one; None outside a table."""
        found = (step.number for step in reversed(self.way) if step.name == name)
        return next(found, None)


def _shape(attributes: dict[str, Any]) -> dict[str, Any]:
    """Widths of columns are the editor's business: they are no part of what a text says."""
    return {name: value for name, value in attributes.items() if name != "colwidth"}


def lines(content: Content) -> Iterator[Line]:
    waiting: list[tuple[Node, tuple[Step, ...], int]] = [(tree.from_json(content), (), 1)]
    while waiting:
        node, way, number = waiting.pop()
        if node.name in ("paragraph", "heading", "image", live_tables.NODE):
            yield Line(node.name, node.attributes, way, tuple(_runs(node)))
            continue
        inside = (*way, Step(node.name, number, node.attributes)) if node.name != "doc" else way
        children = [child for child in node.children if isinstance(child, Node)]
        numbered = [(child, inside, place) for place, child in enumerate(children, start=1)]
        waiting.extend(reversed(numbered))


def _runs(node: Node) -> Iterator[Run]:
    if node.name == "image":
        yield Run(node.attributes["alt"], {})
    elif node.name == live_tables.NODE:
        yield Run(live_tables.name(node.attributes["table"]), {})
    for child in node.children:
        if isinstance(child, Text):
            yield from child.runs
        else:
            yield Run("\n", {})  # a line break
