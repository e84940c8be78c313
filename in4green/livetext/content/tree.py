"""A text as a tree of nodes and runs, between ProseMirror's JSON and the shared document.

As in the shared document, texts that stand side by side are one ``Text`` of several runs, and a
mark is named by its key there: ``bold``, or ``comment--<hash>`` for those that may overlap.
Nothing here recurses: a document may be nested deeper than Python's stack.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from in4green.livetext import schema
from in4green.livetext.content import nodes
from in4green.livetext.content.attributes import clean, storable

Content = dict[str, Any]
Marks = dict[str, dict[str, Any]]

_HASHED = re.compile(r"(.*)--[a-zA-Z0-9+/=]{8}")


@dataclass(frozen=True)
class Run:
    text: str
    marks: Marks


@dataclass
class Text:
    runs: list[Run]
    # Of the shared document: the object there, and its place among its siblings.
    shared: Any = None
    index: int = 0

    name = "text"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass
class Node:
    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: "list[Node | Text]" = field(default_factory=list)
    shared: Any = None
    index: int = 0


def walk(root: Node) -> Iterator[Node]:
    """Every node, parents before their children and those in their order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))


def prune(root: Node) -> Node:
    """Leave out, from the leaves up, what an editor couldn't build and would delete."""
    for node in reversed(list(walk(root))):
        node.children = [
            child for child in node.children if isinstance(child, Text) or _fits(child)
        ]
    allowed = nodes.members("block")
    root.children = [child for child in root.children if child.name in allowed]
    return root


def _fits(node: Node) -> bool:
    names = [c.name for c in node.children if isinstance(c, Node) or c.runs]
    return node.name in schema.elements() and nodes.fits(node.name, names)


def mark_name(key: str) -> str:
    hashed = _HASHED.fullmatch(key) if "--" in key else None
    return hashed[1] if hashed else key


def overlaps(key: str) -> bool:
    return bool(nodes.mark(mark_name(key)).get("overlaps"))


def mark_key(name: str, attributes: dict[str, Any]) -> str:
    """As y-prosemirror names a mark: one that may overlap carries a hash of itself."""
    if not nodes.mark(name).get("overlaps"):
        return name
    return f"{name}--{_hash(name, tuple(attributes.items()))}"


@lru_cache(4096)
def _hash(name: str, attributes: tuple[tuple[str, str], ...]) -> str:
    """SHA-256 of ``{type, attrs}`` in lib0's encoding, folded to six bytes."""
    inside = b"".join(_short(key) + b"\x77" + _short(value) for key, value in attributes)
    attrs = b"\x76" + bytes([len(attributes)]) + inside
    encoded = b"\x76\x02" + _short("type") + b"\x77" + _short(name) + _short("attrs") + attrs
    digest = hashlib.sha256(encoded).digest()
    folded = bytearray(digest[:6])
    for place, byte in enumerate(digest[6:], start=6):
        folded[place % 6] ^= byte
    return base64.b64encode(folded).decode()


def _short(text: str) -> bytes:
    """Up to 127 bytes."""
    raw = text.encode()
    return bytes([len(raw)]) + raw


def without_comments(runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
    """Marks as one string, and text: runs that only a comment parts are one."""
    for marks, group in groupby(runs, _uncommented):
        yield marks, "".join(run.text for run in group)


def _uncommented(run: Run) -> str:
    plain = _plain(run.marks)
    return json.dumps(plain, sort_keys=True) if plain else ""


def uncommented(content: Content) -> Content:
    """What a text says, without the marks of the talk about it."""
    root = from_json(content)
    for node in walk(root):
        for child in node.children:
            if isinstance(child, Text):
                child.runs = [Run(run.text, _plain(run.marks)) for run in child.runs]
    return to_json(root)


def _plain(marks: Marks) -> Marks:
    return {key: value for key, value in marks.items() if not overlaps(key)}


def clean_marks(given: dict[str, Any]) -> Marks:
    """What the schema knows of a run's formatting, under the keys of the shared document."""
    return _marks((mark_name(key), value) for key, value in given.items())


def _marks(given: Iterable[tuple[str, Any]]) -> Marks:
    marks: Marks = {}
    for name, value in given:
        attributes = clean(nodes.mark(name), value if isinstance(value, dict) else {})
        # A link without an address, a comment without a thread mark nothing.
        if name in schema.marks() and value is not None and None not in attributes.values():
            marks[mark_key(name, attributes)] = attributes
    return marks


def to_json(root: Node) -> Content:
    """ProseMirror's JSON, in one form: every attribute named, marks sorted, equal texts joined."""
    built: dict[int, Content] = {}
    for node in reversed(list(walk(root))):
        result: Content = {"type": node.name}
        if node.attributes:
            result["attrs"] = node.attributes
        content = _content(node, built)
        if content:
            result["content"] = content
        built[id(node)] = result
    return built[id(root)]


def _content(node: Node, built: dict[int, Content]) -> list[Content]:
    content: list[Content] = []
    for child in node.children:
        if isinstance(child, Node):
            content.append(built.pop(id(child)))
            continue
        for run in child.runs:
            _append_text(content, storable(run.text), _marks_json(run.marks))
    if not content and node.name == schema.definition()["top"]:
        return [{"type": "paragraph"}]  # as an editor shows an empty text
    return content


def _append_text(content: list[Content], text: str, marks: list[Content]) -> None:
    last = content[-1] if content else {}
    if last.get("type") == "text" and last.get("marks", []) == marks:
        last["text"] += text
        return
    content.append({"type": "text", **({"marks": marks} if marks else {}), "text": text})


def _marks_json(marks: Marks) -> list[Content]:
    named = [(mark_name(key), attributes) for key, attributes in marks.items()]
    named.sort(key=lambda mark: (nodes.rank(mark[0]), str(mark[1])))
    return [{"type": name, **({"attrs": attrs} if attrs else {})} for name, attrs in named]


def from_json(content: Content) -> Node:
    root = Node(schema.definition()["top"])
    waiting = [(root, content)]
    while waiting:
        node, source = waiting.pop()
        for child in source.get("content", []):
            if child["type"] == "text":
                _append_run(node, child)
                continue
            name = child["type"]
            attributes = clean(nodes.specification(name), child.get("attrs", {}))
            node.children.append(Node(name, attributes))
            waiting.append((node.children[-1], child))  # type: ignore[arg-type]
    return root


def _append_run(node: Node, source: Content) -> None:
    if not source["text"]:
        return
    marks = _marks((mark["type"], mark.get("attrs", {})) for mark in source.get("marks", []))
    if not node.children or isinstance(node.children[-1], Node):
        node.children.append(Text([]))
    node.children[-1].runs.append(Run(source["text"], marks))  # type: ignore[union-attr]
