"""Edits of a shared text; ``shared`` is the object of the CRDT library that each one changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from in4green.livetext.content.tree import Node, Run, Text


@dataclass(frozen=True)
class SetAttribute:
    shared: Any
    name: str
    value: Any  # None takes the attribute away


@dataclass(frozen=True)
class Delete:
    shared: Any
    index: int
    count: int


@dataclass(frozen=True)
class Insert:
    shared: Any
    index: int
    children: Sequence[Node | Text]


@dataclass(frozen=True)
class DeleteText:
    shared: Any
    at: int  # bytes of UTF-8, as everywhere in a shared text
    length: int


@dataclass(frozen=True)
class InsertText:
    shared: Any
    at: int
    run: Run


@dataclass(frozen=True)
class Format:
    shared: Any
    at: int
    length: int
    marks: dict[str, Any]  # None takes a mark away


Edit = SetAttribute | Delete | Insert | DeleteText | InsertText | Format
