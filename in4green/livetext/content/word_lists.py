"""Lists as Word writes them: paragraphs that only say in their style that they are items."""

import re
from dataclasses import dataclass

from in4green.livetext.content.building import Builder, Frame
from in4green.livetext.content.formatting import Style

_LEVEL = re.compile(r"(l\d+)\s+level([1-9])")
_ORDERED = re.compile(r"\(?(?:(\d{1,5})|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)


@dataclass(frozen=True)
class _Open:
    name: str
    level: int
    depth: int  # frames before it was opened


class WordLists:
    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.writing = False  # inside such a paragraph
        self._open: list[_Open] = []
        self._fresh: Frame | None = None  # a list of which the first sign is still to come

    def begins(self, style: Style) -> bool:
        """Whether the paragraph is an item; then it has been opened."""
        found = _LEVEL.search(style.word_list)
        if not found:
            return False
        name, level = found[1], int(found[2])
        self.builder.end_block()
        self._close_deeper(name, level)
        if self._open and self._open[-1].level == level:
            self.builder.close(self._open[-1].depth + 1)
        else:
            self._open.append(_Open(name, level, len(self.builder.frames)))
            self._fresh = self.builder.open("bulletList")
        self.builder.open("listItem")
        self.writing = True
        return True

    def _close_deeper(self, name: str, level: int) -> None:
        """Lists of a deeper level end, and another list of the same."""
        while self._open and (
            self._open[-1].level > level
            or (self._open[-1].level == level and self._open[-1].name != name)
        ):
            self.builder.close(self._open.pop().depth)

    def mark(self, sign: str) -> None:
        """The first item's sign tells whether its list is numbered, and from where."""
        if self._fresh is None or not sign.strip():
            return
        if found := _ORDERED.fullmatch(sign.strip()):
            self._fresh.name = "orderedList"
            self._fresh.attributes["start"] = int(found[1] or 1)
        self._fresh = None

    def end(self) -> None:
        if self._open:
            self.builder.close(self._open[0].depth)
            self._open.clear()
        self.writing = False

    def forget(self) -> None:
        """Those that ended with what they stood in."""
        self._open = [found for found in self._open if found.depth < len(self.builder.frames)]
