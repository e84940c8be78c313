"""The plan as one tree of blocks: what ``templates/documents/text.typ`` sets, and pandoc is told.

Beside the blocks of texts (``livetext/content/blocks.py``): ``records`` (a table drawn from
records), ``hint`` (a sentence about the text), ``passage`` (blocks in another language), ``page``
(what follows begins a new one). Everything is plain data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from actionplan import tables
from actionplan.printing.layout import records
from in4green.livetext.content import live_tables
from in4green.livetext.content.blocks import Block, Picture, to_blocks
from in4green.livetext.content.tree import Content

Record = Mapping[str, Any]
SHEETS = "action_sheets"
DEEPEST = 6  # levels of headings that PDF and Word know


@dataclass
class Document:
    blocks: list[Block]
    # Drawings by the names under which blocks show them.
    drawings: dict[str, str] = field(default_factory=dict)


def document(whole: Record, pictures: Mapping[str, Picture]) -> Document:
    """``pictures`` by their address in the texts; what is not there is told in words."""
    with translation.override(whole["language"]):
        writer = _Writer(whole, pictures)
        blocks = list(_in_steps(writer.blocks()))
    return Document(blocks, writer.drawings)


class _Writer:
    def __init__(self, whole: Record, pictures: Mapping[str, Picture]) -> None:
        self.whole = whole
        self.pictures = pictures
        self.drawings: dict[str, str] = {}
        self.tables = {slug: list(self._table(slug)) for slug in self._shown()}

    def _shown(self) -> set[str]:
        texts = (row["content"] for row in self.whole["sections"] if row["content"])
        return {slug for text in texts for slug in live_tables.shown_in(text)}

    def _table(self, slug: str) -> Iterator[Block]:
        data = self.whole["tables"][slug]
        if slug == SHEETS:
            yield from self._sheets()
            return
        for n, drawing in enumerate(tables.drawings(slug, data), 1):
            name = f"{slug}-{n}.svg"
            self.drawings[name] = drawing.svg
            yield {
                "kind": "image", "source": f"/{name}", "alt": drawing.alt, "width": 100,
                "language": None,
            }  # fmt: skip
        grids = tables.grids(slug, data)
        yield from map(records, grids)
        if not grids:
            yield {"kind": "hint", "text": _("There is nothing to show here yet.")}

    def blocks(self) -> Iterator[Block]:
        for row in self.whole["sections"]:
            yield from self._section(row)
        if SHEETS not in self.tables and self.whole["actions"]:
            yield {"kind": "page"}
            yield _heading(1, _("All actions in detail"))
            yield from _deeper(self._sheets(), 1)
        yield from self._dropped()

    def _section(self, row: Record) -> Iterator[Block]:
        if row["level"] == 1:
            yield {"kind": "page"}
        yield _heading(row["level"], f"{row['number']} {row['title']}")
        if row["is_older"]:
            yield {"kind": "hint", "text": _("This translation is older than the original.")}
        if row["content"] is None:
            return
        said = list(_deeper(self._text(row["content"]), row["level"]))
        if row["language"] == self.whole["language"]:
            yield from said
            return
        yield {"kind": "hint", "text": _("This section is only there in the original language.")}
        yield {"kind": "passage", "language": row["language"], "blocks": said}

    def _text(self, content: Content) -> list[Block]:
        return to_blocks(content, self.pictures, self.tables)

    def _sheets(self) -> Iterator[Block]:
        """One for each action: its facts, then what is written about it."""
        grids = tables.grids(SHEETS, self.whole["tables"][SHEETS])
        going_on = [one for one in self.whole["actions"] if not one["dropped_on"]]
        for action, grid in zip(going_on, grids, strict=True):
            yield _heading(1, action["title"])
            yield {**records(grid), "caption": ""}
            yield from _deeper(to_blocks(action["description"], self.pictures), 1)
            yield from _origins(action)

    def _dropped(self) -> Iterator[Block]:
        dropped = [one for one in self.whole["actions"] if one["dropped_on"]]
        if not dropped:
            return
        yield _heading(1, _("Actions that were dropped"))
        yield _bullets([_text_of(f"{one['title']}: {one['dropped_because']}")] for one in dropped)


def _origins(action: Record) -> Iterator[Block]:
    """Practices and lessons behind it, with their addresses."""
    linked = [*action["practices"], *action["lessons"]]
    if linked:
        yield _paragraph([{**_text_of(_("What led to this action:")), "bold": True}])
        yield _bullets([{**_text_of(one["title"]), "href": one["address"]}] for one in linked)


def _heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "runs": [_text_of(text)]}


def _text_of(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": text}


def _paragraph(runs: list[dict[str, Any]]) -> Block:
    return {"kind": "paragraph", "runs": runs}


def _bullets(items: Iterable[list[dict[str, Any]]]) -> Block:
    return {"kind": "bullets", "items": [[_paragraph(runs)] for runs in items]}


def _deeper(blocks: Iterable[Block], by: int) -> Iterator[Block]:
    for block in blocks:
        if block["kind"] == "heading":
            block = {**block, "level": block["level"] + by}
        yield block


def _in_steps(blocks: Iterable[Block], at: list[int] | None = None) -> Iterator[Block]:
    """No heading more than one level below the one before: who listens to it would miss a level."""
    last = at or [0]
    for block in blocks:
        if block["kind"] == "heading":
            last[0] = min(block["level"], last[0] + 1, DEEPEST)
            block = {**block, "level": last[0]}
        elif block["kind"] == "passage":
            block = {**block, "blocks": list(_in_steps(block["blocks"], last))}
        yield block
