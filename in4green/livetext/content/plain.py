"""A text without formatting: for search, mails and a quick look."""

import re
from collections.abc import Iterator

from in4green.livetext.content import nodes
from in4green.livetext.content.tree import Content


def to_text(content: Content) -> str:
    """A line for each paragraph; lists with their signs, cells of a row apart by tabs."""
    text = "".join(_pieces(content))
    return re.sub(r" +(?=[\t\n])", "", text).strip("\n")


def _pieces(content: Content) -> Iterator[str]:
    # With each part: what ends a line there, a space within the cell of a table.
    waiting: list[tuple[Content | str, str]] = [(content, "\n")]
    while waiting:
        part, line_end = waiting.pop()
        name = "" if isinstance(part, str) else part.get("type", "")
        if isinstance(part, str):
            yield part
        elif "text" in part:
            yield str(part["text"])
        elif name == "hardBreak":
            yield line_end
        elif name == "image":
            yield f"{(part.get('attrs') or {}).get('alt') or ''}{line_end}"
        else:
            within = " " if name in _CELLS else line_end
            waiting.append((line_end if nodes.holds_text(name) else "", line_end))
            waiting.extend((child, within) for child in reversed(list(_inside(part, line_end))))


_CELLS = ("tableCell", "tableHeader")


def _inside(node: Content, line_end: str) -> Iterator[Content | str]:
    start = int((node.get("attrs") or {}).get("start", 1))
    children = node.get("content", [])
    for place, child in enumerate(children, start=1):
        yield _sign(node, child, start + place - 1)
        yield child
        if node.get("type") == "tableRow":
            yield line_end if place == len(children) else "\t"


def _sign(parent: Content, child: Content, number: int) -> str:
    if child.get("type") == "taskItem":
        return "[x] " if (child.get("attrs") or {}).get("checked") else "[ ] "
    if child.get("type") == "listItem":
        return f"{number}. " if parent.get("type") == "orderedList" else "• "
    return ""
