"""Lists as lines: ``- ``, ``1. ``, ``[ ] ``, two spaces for each level; see ``markup``."""

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from in4green.livetext.content.tree import Content

KINDS = ("bulletList", "orderedList", "taskList")
ITEM = re.compile(r"( *)(-|\d{1,5}\.|\[[ xX]\])(?: (.*))?", re.DOTALL)
DEEPEST = 6


def is_simple(block: Content, depth: int = 1) -> bool:
    """Whether each item is a paragraph and, below it, lists that are simple too."""
    if block["type"] not in KINDS or depth > DEEPEST:
        return False
    inner = [child for item in block.get("content", []) for child in item.get("content", [])[1:]]
    return all(is_simple(child, depth + 1) for child in inner)


def line_text(block: Content) -> str:
    """What stands in a paragraph or heading; a line break is a line feed."""
    parts = block.get("content", [])
    return "".join("\n" if part["type"] == "hardBreak" else part["text"] for part in parts)


def inline(text: str) -> Content:
    """The children of a paragraph, or none."""
    children: list[Content] = []
    for place, line in enumerate(text.split("\n")):
        children.extend([{"type": "hardBreak"}] if place else [])
        children.extend([{"type": "text", "text": line}] if line else [])
    return {"content": children} if children else {}


def write(block: Content, escape: Callable[[str], str], depth: int = 0) -> str:
    lines: list[str] = []
    start = block.get("attrs", {}).get("start", 1)
    for number, item in enumerate(block.get("content", []), start=start):
        paragraph, *inner = item["content"]
        first, *more = line_text(paragraph).split("\n")
        lines.append(f"{'  ' * depth}{_sign(block, item, number)} {first}".rstrip())
        lines.extend(f"{'  ' * (depth + 1)}{escape(line)}" for line in more)
        lines.extend(write(child, escape, depth + 1) for child in inner)
    return "\n".join(lines)


def _sign(block: Content, item: Content, number: int) -> str:
    if block["type"] == "taskList":
        return "[x]" if item.get("attrs", {}).get("checked") else "[ ]"
    return f"{number}." if block["type"] == "orderedList" else "-"


def read(lines: list[str]) -> list[Content]:
    """One list, or several where the kind changes; a line without a sign continues its item."""
    found: list[Content] = []
    path: list[Content] = []  # the open list of each level
    for line in lines:
        match = ITEM.fullmatch(line)
        if match is None:
            _continue(path[-1], line)
            continue
        indent, sign, words = match.groups()
        depth = min(len(indent) // 2, len(path), DEEPEST - 1)
        name, attributes, item = _meaning(sign)
        if len(path) <= depth or path[depth]["type"] != name:
            opened: Content = {"type": name, "attrs": attributes, "content": []}
            (found if depth == 0 else path[depth - 1]["content"][-1]["content"]).append(opened)
            path[depth:] = [opened]
        del path[depth + 1 :]
        item["content"] = [{"type": "paragraph", **inline(words or "")}]
        path[depth]["content"].append(item)
    return found


def _meaning(sign: str) -> tuple[str, dict[str, Any], Content]:
    """Name and attributes of the list, and the item."""
    if sign == "-":
        return "bulletList", {}, {"type": "listItem"}
    if sign.startswith("["):
        return "taskList", {}, {"type": "taskItem", "attrs": {"checked": sign[1] in "xX"}}
    return "orderedList", {"start": int(sign[:-1])}, {"type": "listItem"}


def _continue(block: Content, line: str) -> None:
    """A further line of the item that was read last."""
    paragraph = block["content"][-1]["content"][0]
    blanks = len(list(takewhile(str.isspace, line)))
    text = line[blanks:].removeprefix("\\")
    children = paragraph.setdefault("content", [])
    children.extend([{"type": "hardBreak"}, *inline(text).get("content", [])])
