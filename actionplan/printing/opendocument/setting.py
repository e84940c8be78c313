"""The text of an OpenDocument file: blocks as paragraphs, lists, tables and pictures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.encoding import iri_to_uri

from actionplan.printing import tabular
from actionplan.printing.manuscript import (
    LINE,
    Heading,
    Manuscript,
    Picture,
    locale,
    shown_as,
    written,
)
from in4green.livetext.content.blocks import Block

_BLANKS = re.compile(r"(?<= ) +|^ | $|\t|\n")
_MARKS = (
    ("bold", 'fo:font-weight="bold"'),
    ("italic", 'fo:font-style="italic"'),
    ("strike", 'style:text-line-through-style="solid"'),
)
UPRIGHT, ACROSS = "Standard", "Across"  # names of pages


@dataclass(frozen=True)
class Place:
    """Where a block stands."""

    style: str = "Text body"
    language: str = ""
    # Centimetres from left to right.
    room: float = LINE


class Setter:
    def __init__(self, script: Manuscript) -> None:
        self.script = script
        self.headings: Iterator[Heading] = iter(script.headings)
        self.pictures: dict[str, Picture] = {}
        # Styles of single places (name and definition), by what they are.
        self.styles: dict[str, tuple[str, str]] = {}
        self.drawn = 0
        # The page that the next paragraph begins.
        self.page_ahead = ""

    def blocks(self, blocks: Iterable[Block], place: Place) -> Iterator[str]:
        for block in blocks:
            yield from getattr(self, block["kind"])(block, place)

    def paragraph(self, block: Block, place: Place) -> Iterator[str]:
        yield self.set(self.runs(block["runs"], place), place.style)

    def heading(self, block: Block, place: Place) -> Iterator[str]:
        anchor = next(self.headings).anchor
        name = self._on_page(f"Heading {block['level']}")
        yield (
            f'<text:h text:style-name="{name}" text:outline-level="{block["level"]}">'
            f'<text:bookmark-start text:name="{anchor}"/>{self.runs(block["runs"], place)}'
            f'<text:bookmark-end text:name="{anchor}"/></text:h>'
        )

    def quote(self, block: Block, place: Place) -> Iterator[str]:
        yield from self.blocks(block["blocks"], replace(place, style="Quotations"))

    def bullets(self, block: Block, place: Place) -> Iterator[str]:
        yield from self._list("List_20_1", block["items"], place)

    def numbers(self, block: Block, place: Place) -> Iterator[str]:
        yield from self._list("Numbering_20_1", block["items"], place, block["start"])

    def tasks(self, block: Block, place: Place) -> Iterator[str]:
        """Each says in words whether it is done."""
        yield from self._list("Tasks", block["items"], place)

    def _list(
        self, style: str, items: list[list[Block]], place: Place, start: int = 1
    ) -> Iterator[str]:
        yield f'<text:list text:style-name="{style}">'
        inside = replace(place, style="List") if place.style == "Text body" else place
        for n, item in enumerate(items):
            begun = f' text:start-value="{start}"' if start != 1 and n == 0 else ""
            yield f"<text:list-item{begun}>"
            yield from self.blocks(item or [{"kind": "paragraph", "runs": []}], inside)
            yield "</text:list-item>"
        yield "</text:list>"

    def image(self, block: Block, place: Place) -> Iterator[str]:
        picture = self.script.pictures[shown_as(block["source"])]
        size = picture.measured(block["width"], place.room)
        yield self.set(self.drawing(picture, block["alt"], size), "Figure")

    def hint(self, block: Block, _place: Place) -> Iterator[str]:
        yield self.set(words(block["text"]), "Hint")

    def passage(self, block: Block, place: Place) -> Iterator[str]:
        yield from self.blocks(block["blocks"], replace(place, language=block["language"]))

    def page(self, _block: Block, _place: Place) -> Iterator[str]:
        """The style of the highest headings begins one."""
        yield from ()

    def table(self, block: Block, place: Place) -> Iterator[str]:
        yield from self._tabled(tabular.of_texts(block, place.room), place)

    def records(self, block: Block, place: Place) -> Iterator[str]:
        if any(column["title"] for column in block["columns"]):
            yield from self._tabled(tabular.of_records(block, place.room), place)
            return
        for name, lines in tabular.facts(block):
            first, *others = lines or [""]
            named = f'<text:span text:style-name="Strong">{words(name)}</text:span>'
            yield self.set(f"{named}<text:tab/>{words(first)}", "Definition Term")
            for line in others:
                yield self.set(words(line), "Definition")
        yield self.set("", "After Table")
        yield from self._small(block["notes"])

    def _tabled(self, found: tabular.Table, place: Place) -> Iterator[str]:
        if found.across:
            self.page_ahead = ACROSS
        if found.caption:
            yield self.set(words(found.caption), "Table")
        elif self.page_ahead:
            yield self.set("", "After Table")
        yield from self._grid(found, replace(place, style="Table Contents"))
        yield from self._small(found.notes)
        if found.across:
            self.page_ahead = UPRIGHT

    def _grid(self, found: tabular.Table, place: Place) -> Iterator[str]:
        whole = self._style(
            "table",
            f'<style:table-properties style:width="{sum(found.widths):.2f}cm" table:align="left"'
            ' fo:margin-bottom="0.3cm" style:may-break-between-rows="true"'
            ' table:border-model="collapsing"/>',
        )
        yield f'<table:table table:style-name="{whole}">'
        for width in found.widths:
            column = f'<style:table-column-properties style:column-width="{width:.2f}cm"/>'
            yield f'<table:table-column table:style-name="{self._style("table-column", column)}"/>'
        head = False
        for row, places in tabular.placed(found.rows, len(found.widths)):
            if row.is_head != head:
                yield f"<{'' if row.is_head else '/'}table:table-header-rows>"
                head = row.is_head
            yield '<table:table-row table:style-name="Row">'
            for spot in places:
                yield from self._cell(spot, row, replace(place, room=found.room(spot)))
            yield "</table:table-row>"
        yield "</table:table-header-rows></table:table>" if head else "</table:table>"

    def _cell(self, spot: tabular.Place, row: tabular.Row, place: Place) -> Iterator[str]:
        cell, covered = spot.cell, "<table:covered-table-cell/>"
        if cell is None:
            yield covered * spot.wide
            return
        spans = f' table:number-columns-spanned="{spot.wide}"' if spot.wide > 1 else ""
        spans += f' table:number-rows-spanned="{cell.high}"' if cell.high > 1 else ""
        style = "HeadCell" if row.is_head else "GroupCell" if row.is_group else "Cell"
        yield f'<table:table-cell table:style-name="{style}" office:value-type="string"{spans}>'
        inside = "Table Heading" if row.is_head or row.is_group else place.style
        inside = "Table Number" if cell.is_number else inside
        yield "".join(self.blocks(cell.blocks, replace(place, style=inside))) or self.set(
            "", inside
        )
        yield f"</table:table-cell>{covered * (spot.wide - 1)}"

    def runs(self, runs: Iterable[Mapping[str, Any]], place: Place) -> str:
        return "".join(self._run(run, place) for run in runs)

    def _run(self, run: Mapping[str, Any], place: Place) -> str:
        if run["kind"] == "break":
            return "<text:line-break/>"
        marks = [mark for name, mark in _MARKS if run.get(name)]
        if language := run.get("language") or place.language:
            code, country = locale(language)
            marks.append(f'fo:language="{written(code)}" fo:country="{country or "none"}"')
        said = words(run["text"])
        if marks:
            style = self._style("text", f"<style:text-properties {' '.join(marks)}/>")
            said = f'<text:span text:style-name="{style}">{said}</text:span>'
        return link(written(iri_to_uri(run["href"])), said) if run.get("href") else said

    def set(self, inside: str, style: str) -> str:
        return f'<text:p text:style-name="{self._on_page(style)}">{inside}</text:p>'

    def _on_page(self, style: str) -> str:
        """The style, or one like it that begins a page on its side, or an upright one again."""
        name = named(style)
        if not self.page_ahead:
            return name
        page, self.page_ahead = self.page_ahead, ""
        more = f' style:parent-style-name="{name}" style:master-page-name="{page}"'
        return self._style("paragraph", "", more)

    def _style(self, family: str, properties: str, more: str = "") -> str:
        """The name of the style that has these; the same have one."""
        key = f'style:family="{family}"{more}>{properties}'
        if key not in self.styles:
            name = f"{family}-{len(self.styles)}"
            definition = f'<style:style style:name="{name}" {key}</style:style>'
            self.styles[key] = (name, definition)
        return self.styles[key][0]

    def _small(self, notes: Iterable[str]) -> Iterator[str]:
        for note in notes:
            yield self.set(words(note), "Small Print")

    def drawing(self, picture: Picture, alt: str, size: tuple[float, float]) -> str:
        self.pictures[picture.name] = picture
        across, down = size
        self.drawn += 1
        return (
            f'<draw:frame draw:style-name="Picture" draw:name="{self.drawn}"'
            f' text:anchor-type="as-char" svg:width="{across:.2f}cm" svg:height="{down:.2f}cm">'
            f'<draw:image xlink:href="Pictures/{picture.name}" xlink:type="simple"'
            f' xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{written(alt)}</svg:desc>'
            "</draw:frame>"
        )


def named(style: str) -> str:
    """As files name it: a blank is no letter of a name."""
    return style.replace(" ", "_20_")


def words(text: Any) -> str:
    """Blanks at ends and beside one another, tabs and line ends have signs of their own."""
    return _BLANKS.sub(_blank, written(text))


def _blank(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    if found[0] == "\n":
        return "<text:line-break/>"
    return f'<text:s text:c="{len(found[0])}"/>'


def link(address: str, inside: str, style: str = "Internet link") -> str:
    looks = f'text:style-name="{named(style)}" text:visited-style-name="{named(style)}"'
    return f'<text:a xlink:type="simple" xlink:href="{address}" {looks}>{inside}</text:a>'
