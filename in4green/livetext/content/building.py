"""A text put together from blocks as they come, so that it always fits the schema.

What may not stand where it comes finds a place: text right in a list becomes an item, a heading
at the start of an item becomes a paragraph, text right in a table goes before it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from in4green.livetext.content import nodes, tables, tree
from in4green.livetext.content.attributes import clean, storable
from in4green.livetext.content.tree import Content

_SPACES = re.compile(r"[ \t\n\r\f]+")
LISTS = {"bulletList": "listItem", "orderedList": "listItem", "taskList": "taskItem"}
_ITEMS = set(LISTS.values())
_CELLS = {"tableCell", "tableHeader"}


@dataclass
class Frame:
    """A node that is still open."""

    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[Content] = field(default_factory=list)
    # Not said, but needed: ends where the next one is said.
    implied: bool = False


class Builder:
    def __init__(self) -> None:
        self.frames = [Frame("doc")]
        # The paragraph or heading that is being written, and what kind the next one is.
        self.block: Content | None = None
        self.kind: Content = {"type": "paragraph"}
        self.written = 0  # pieces of text and leaves so far

    @property
    def top(self) -> Frame:
        return self.frames[-1]

    def open(self, name: str, **attributes: Any) -> Frame:
        self.end_block()
        self._prepare(name)
        self.frames.append(Frame(name, attributes))
        return self.top

    def _prepare(self, name: str) -> None:
        """Open, or close, what must stand around it."""
        if name in _ITEMS:
            if self.top.implied:
                self.close(len(self.frames) - 1)
            if self.top.name not in LISTS:
                self.open("bulletList")
        elif self.top.name in LISTS:
            self._enter_item()

    def _enter_item(self) -> None:
        """A list right in a list belongs to the item before it."""
        if self.top.children:
            last = self.top.children.pop()
            self.frames.append(Frame(last["type"], last["attrs"], last["content"], implied=True))
        else:
            self.frames.append(Frame(LISTS[self.top.name], implied=True))

    def close(self, depth: int) -> None:
        """Close what was opened since there were ``depth`` frames."""
        self.end_block()
        while len(self.frames) > depth:
            frame = self.frames.pop()
            if frame.name == "caption":
                self._flow().children.extend(frame.children)
            elif finished := _finish(frame):
                self.top.children.append(finished)

    def begin_block(self, kind: Content | None = None) -> None:
        """Text that follows starts a new paragraph, or a heading."""
        self.end_block()
        self.kind = kind or {"type": "paragraph"}

    def end_block(self) -> None:
        if self.block is not None:
            _trim_end(self.block)
            self._flow().children.append(self.block)
        self.block, self.kind = None, {"type": "paragraph"}

    def empty_block(self) -> None:
        """Of the kind that was begun, if nothing has been written into it."""
        self._flow().children.append(self.kind)
        self.kind = {"type": "paragraph"}

    def text(self, words: str, marks: list[Content], *, exact: bool = False) -> None:
        """Spaces and line ends in a row are one space, as in HTML, unless ``exact``."""
        words = storable(words)
        words = words if exact else _SPACES.sub(" ", words)
        if words.startswith(" ") and not exact and self._at_space():
            words = words[1:]
        if words:
            inline: Content = {"type": "text", "text": words}
            self._write({**inline, "marks": marks} if marks else inline)

    def line_break(self) -> None:
        if self.block is not None:
            _trim_spaces(self.block)
        self._write({"type": "hardBreak"})

    def leaf(self, name: str, **attributes: Any) -> None:
        """A block that holds nothing; what comes after it goes on as what came before."""
        kind = self.kind if self.block is None else self.block
        self.end_block()
        self.written += 1
        self._flow().children.append({"type": name, "attrs": attributes})
        self.kind = {k: v for k, v in kind.items() if k != "content"}

    def _write(self, inline: Content) -> None:
        if self.block is None:
            self._flow()
            self.block = {**self.kind, "content": []}
        self.block["content"].append(inline)
        self.written += 1

    def _at_space(self) -> bool:
        if self.block is None:
            return True
        last = self.block["content"][-1]
        return bool(last["type"] == "hardBreak" or last["text"].endswith(" "))

    def _flow(self) -> Frame:
        """Where a block can stand: an item is opened in a list, a table is stepped out of."""
        if self.top.name in LISTS:
            self._enter_item()
        return next(f for f in reversed(self.frames) if f.name not in ("table", "tableRow"))

    def finish(self) -> tree.Node:
        self.close(1)
        if not self.frames[0].children:
            self.empty_block()
        return tree.from_json({"type": "doc", "content": self.frames[0].children})


def _trim_spaces(block: Content) -> None:
    content = block["content"]
    while content and content[-1]["type"] == "text":
        content[-1]["text"] = content[-1]["text"].rstrip(" \t\n\r\f")
        if content[-1]["text"]:
            return
        content.pop()


def _trim_end(block: Content) -> None:
    """Nobody sees a space or a line break at the end of a paragraph."""
    _trim_spaces(block)
    while block["content"] and block["content"][-1]["type"] == "hardBreak":
        block["content"].pop()
        _trim_spaces(block)
    if all(inline.get("text", "").strip() == "" for inline in block["content"]):
        block["content"] = []  # Word's empty lines hold a space that doesn't break


def _finish(frame: Frame) -> Content | None:
    children = frame.children
    if frame.name in LISTS:
        children = [{**child, "type": LISTS[frame.name]} for child in children]
    elif frame.name in _ITEMS:
        children = _begun_with_paragraph(children)
    elif frame.name in _CELLS:
        children = children or [{"type": "paragraph"}]
    elif frame.name == "table":
        rows = tables.regular([row.get("content", []) for row in children])
        children = [{"type": "tableRow", "content": row} for row in rows] if any(rows) else []
    if not children and frame.name != "tableRow":
        return None
    attributes = frame.attributes
    if frame.name in _CELLS:
        attributes = clean(nodes.specification(frame.name), attributes)
    return {"type": frame.name, "attrs": attributes, "content": children}


def _begun_with_paragraph(children: list[Content]) -> list[Content]:
    first = children[0]["type"] if children else ""
    if first == "heading":
        return [{"type": "paragraph", "content": children[0].get("content", [])}, *children[1:]]
    return children if first == "paragraph" else [{"type": "paragraph"}, *children]
