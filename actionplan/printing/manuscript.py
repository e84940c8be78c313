"""What a plan's Word and OpenDocument file have in common: texts, pictures and contents, measured
for a page of A4.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image

from actionplan.printing.cover import Cover
from actionplan.printing.document import Record, document
from in4green.common.cleaning import clean_lines
from in4green.common.documents import frame, word
from in4green.livetext.content.blocks import Block
from in4green.livetext.paper import named

# Centimetres of the line, upright and across, and of what a picture may be high.
LINE, LONG_LINE, HIGHEST = 16.6, 25.3, 20.0
EMBLEM = (1.6, 1.07)
# Of all programs that open these files: Word has it, LibreOffice one of the same widths. The
# portal's own is on few machines, and what replaced it would be anything.
FONT = "Calibri"
_DRAWN = 480  # points of a drawing, as wide as a line
_LISTED = 3  # levels of headings in the contents
_COUNTRIES = {"de": "DE", "en": "GB"}
_NO_LETTERS = dict.fromkeys((0xFFFE, 0xFFFF))  # which XML may not hold


@dataclass(frozen=True)
class Picture:
    name: str
    content: bytes
    # Pixels.
    size: tuple[int, int]

    def measured(self, share: float, room: float = LINE) -> tuple[float, float]:
        """Width and height in centimetres; ``share``: per cent of ``room``, which is as wide as a
        line, or a cell.
        """
        across, down = self.size
        width = min(room * share / 100, HIGHEST * across / down)
        return width, width * down / across


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Manuscript:
    title: str
    language: str
    cover: Cover
    portal: str
    # "Page {number} of {total}"
    page: str
    # What the emblem shows, and what stands beside it.
    thanks: tuple[str, str]
    blocks: list[Block]
    pictures: Mapping[str, Picture]
    headings: list[Heading]

    @property
    def contents(self) -> list[Heading]:
        return [one for one in self.headings if one.level <= _LISTED]


def manuscript(whole: Record, cover: Cover, pictures: Mapping[str, bytes]) -> Manuscript:
    """Raises Unprintable."""
    shown, files = named(dict(pictures))
    tree = document(whole, shown)
    drawings = {
        f"{name.removesuffix('.svg')}.png": word.pixels(svg.encode(), width=_DRAWN)
        for name, svg in tree.drawings.items()
    }
    with translation.override(whole["language"]):
        page, thanks = _("Page {number} of {total}"), word.thanks()
    return Manuscript(
        title=whole["title"],
        language=whole["language"],
        cover=cover,
        portal=str(settings.PORTAL_NAME),
        page=page,
        thanks=thanks,
        blocks=tree.blocks,
        pictures={name: _picture(name, made) for name, made in {**files, **drawings}.items()},
        headings=list(_headings(tree.blocks)),
    )


def emblem() -> Picture:
    return _picture("emblem.png", word.pixels(frame.emblem(), width=120))


def _picture(name: str, content: bytes) -> Picture:
    with Image.open(io.BytesIO(content)) as opened:
        return Picture(name, content, opened.size)


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for n, block in enumerate(_heading_blocks(blocks), 1):
        text = "".join(run.get("text", " ") for run in block["runs"])
        yield Heading(block["level"], text, f"_Toc{n:06}")


def _heading_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["kind"] == "heading":
            yield block
        elif block["kind"] == "passage":
            yield from _heading_blocks(block["blocks"])


def shown_as(source: str) -> str:
    """The name of a picture by that under which a block shows it."""
    name = source.lstrip("/")
    return f"{name.removesuffix('.svg')}.png" if name.endswith(".svg") else name


def written(text: Any) -> str:
    """For XML, between tags or quotes."""
    return escape(clean_lines(str(text)).translate(_NO_LETTERS))


def locale(language: str) -> tuple[str, str]:
    """Language and country; no country where it is not one of ours."""
    return language, _COUNTRIES.get(language, "")
