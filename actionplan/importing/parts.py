"""A document cut at its headings: the first level becomes sections, the second parts of them."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from actionplan.progress import count_words
from in4green.livetext.content.plain import to_text
from in4green.livetext.content.tree import Content
from in4green.livetext.importing.fitting import fitting, paragraphs

LONGEST_TITLE = 200
# Sections are numbered by themselves.
_NUMBER = re.compile(r"^(\d+\.)*\d+\.?\s+|^[A-Z]\.\s+")
# Below, a part fits for certain, and need not be tried.
_SURELY_PARAGRAPHS, _SURELY_LETTERS = 1500, 200_000


@dataclass
class Part:
    """``title`` is empty for what stands before the first heading."""

    title: str
    depth: int  # 1 or 2
    blocks: list[Content] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        return to_text({"type": "doc", "content": self.blocks}) if self.blocks else ""

    @cached_property
    def words(self) -> int:
        return count_words(self.text)

    @cached_property
    def paragraphs(self) -> int:
        return paragraphs(self.blocks) if self.blocks else 0

    @cached_property
    def fits(self) -> int:
        """How many of its paragraphs one text takes."""
        if self.paragraphs <= _SURELY_PARAGRAPHS and len(self.text) <= _SURELY_LETTERS:
            return self.paragraphs
        return fitting(self.blocks)

    @property
    def is_too_long(self) -> bool:
        return self.fits < self.paragraphs


@dataclass(frozen=True)
class Document:
    # Of the document itself, where one heading stands above all others; no part of it.
    title: str
    parts: list[Part]


def cut(content: Content) -> Document:
    blocks = content["content"]
    top, title = 2, ""
    if _stands_above(blocks):
        top, title, blocks = 3, _words(blocks[0]), blocks[1:]
    parts = [Part("", 1)]
    for block in blocks:
        level = _level(block)
        if 0 < level <= top + 1:
            parts.append(_begun(block, level - top + 1))
        else:
            parts[-1].blocks.append(_raised(block))
    return Document(title, parts[0 if parts[0].text else 1 :])


def _stands_above(blocks: list[Content]) -> bool:
    """The first heading is the only one of its level, and the next one follows at once."""
    levels = [_level(block) for block in blocks[:2]]
    alone = sum(_level(block) == 2 for block in blocks) == 1
    return levels == [2, 3] and alone


def _level(block: Content) -> int:
    """0 for what is no heading, or says nothing."""
    is_heading = block["type"] == "heading" and _words(block)
    return int(block["attrs"]["level"]) if is_heading else 0


def _words(block: Content) -> str:
    return " ".join(to_text({"type": "doc", "content": [block]}).split())


def _begun(block: Content, depth: int) -> Part:
    words = _NUMBER.sub("", _words(block)) or _words(block)
    part = Part(words[:LONGEST_TITLE].strip(), depth)
    if len(words) > LONGEST_TITLE:  # nothing of it is lost
        part.blocks.append({"type": "paragraph", "content": block["content"]})
    return part


def _raised(block: Content) -> Content:
    """A heading within a text begins at its highest level."""
    return {**block, "attrs": {"level": 2}} if block["type"] == "heading" else block
