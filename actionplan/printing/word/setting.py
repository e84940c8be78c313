"""The text of a Word file: blocks as paragraphs, lists, tables and pictures."""

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
from actionplan.printing.word.pieces import paragraph, section, styled, text
from in4green.livetext.content.blocks import Block

EMU = 360_000  # in a centimetre
TWIPS = 567
BULLETS = 1  # the numbering of all lists without numbers
STEP = 357  # twips by which a list within a list stands further to the right
DEEPEST = 8
_MARKS = (("bold", "<w:b/>"), ("italic", "<w:i/>"), ("strike", "<w:strike/>"))


@dataclass(frozen=True)
class Place:
    """Where a block stands."""

    style: str = ""
    # Of the list around it; 0: of none.
    depth: int = 0
    # The list whose mark the next paragraph bears.
    mark: int = 0
    language: str = ""
    # Centimetres from left to right.
    room: float = LINE


class Setter:
    def __init__(self, script: Manuscript) -> None:
        self.script = script
        self.headings: Iterator[Heading] = iter(script.headings)
        # Addresses and names of pictures, by the id under which the text refers to them.
        self.links: dict[str, str] = {}
        self.pictures: dict[str, Picture] = {}
        # Where each numbered list begins.
        self.starts: list[tuple[int, int]] = []
        self.drawn = 0

    def blocks(self, blocks: Iterable[Block], place: Place) -> Iterator[str]:
        for block in blocks:
            yield from getattr(self, block["kind"])(block, place)
            place = replace(place, mark=0)

    def paragraph(self, block: Block, place: Place) -> Iterator[str]:
        yield paragraph(self.runs(block["runs"], place), _properties(place))

    def heading(self, block: Block, place: Place) -> Iterator[str]:
        anchor, number = (found := next(self.headings)).anchor, int(found.anchor[4:])
        words = self.runs(block["runs"], place)
        yield paragraph(
            f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{words}'
            f'<w:bookmarkEnd w:id="{number}"/>',
            styled(f"Heading{block['level']}"),
        )

    def quote(self, block: Block, place: Place) -> Iterator[str]:
        yield from self.blocks(block["blocks"], replace(place, style="Quote"))

    def bullets(self, block: Block, place: Place) -> Iterator[str]:
        yield from self._items(block["items"], BULLETS, place)

    def numbers(self, block: Block, place: Place) -> Iterator[str]:
        self.starts.append((min(place.depth, DEEPEST), block["start"]))
        yield from self._items(block["items"], BULLETS + len(self.starts), place)

    def tasks(self, block: Block, place: Place) -> Iterator[str]:
        """Each says in words whether it is done."""
        inside = replace(place, depth=place.depth + 1)
        for item in block["items"]:
            yield from self.blocks(item, inside)

    def _items(self, items: list[list[Block]], number: int, place: Place) -> Iterator[str]:
        inside = replace(place, depth=place.depth + 1, mark=number)
        for item in items:
            if not item or item[0]["kind"] != "paragraph":
                item = [{"kind": "paragraph", "runs": []}, *item]
            yield from self.blocks(item, inside)

    def image(self, block: Block, place: Place) -> Iterator[str]:
        picture = self.script.pictures[shown_as(block["source"])]
        drawing = self.drawing(picture, block["alt"], picture.measured(block["width"], place.room))
        yield paragraph(f"<w:r>{drawing}</w:r>", _properties(replace(place, style="Picture")))

    def hint(self, block: Block, place: Place) -> Iterator[str]:
        yield paragraph(text(block["text"], ""), styled("Hint"))

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
            words = f"{text(name, '<w:b/>')}<w:r><w:tab/></w:r>{text(first, '')}"
            yield paragraph(words, styled("Definition Term"))
            for line in others:
                yield paragraph(text(line, ""), styled("Definition"))
        yield paragraph("", styled("After Table"))
        yield from _small(block["notes"])

    def _tabled(self, found: tabular.Table, place: Place) -> Iterator[str]:
        if found.across:
            yield paragraph("", f"<w:pPr>{section(across=False)}</w:pPr>")
        if found.caption:
            yield paragraph(text(found.caption, ""), styled("Caption"))
        yield from self._grid(found, replace(place, style="Table Text", depth=0, mark=0))
        yield paragraph("", styled("After Table"))
        yield from _small(found.notes)
        if found.across:
            yield paragraph("", f"<w:pPr>{section(across=True)}</w:pPr>")

    def _grid(self, found: tabular.Table, place: Place) -> Iterator[str]:
        widths = [round(width * TWIPS) for width in found.widths]
        head = int(any(row.is_head for row in found.rows))
        caption = f'<w:tblCaption w:val="{written(found.caption)}"/>' if found.caption else ""
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="PlanTable"/><w:tblW w:w="{sum(widths)}"'
            f' w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="06{head * 2}0"'
            f' w:firstRow="{head}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>'
        )
        yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield "</w:tblGrid>"
        for row, places in tabular.placed(found.rows, len(widths)):
            repeated = "<w:tblHeader/>" if row.is_head else ""
            yield f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"
            for spot in places:
                width = sum(widths[spot.column : spot.column + spot.wide])
                yield from self._cell(spot, row, width, replace(place, room=found.room(spot)))
            yield "</w:tr>"
        yield "</w:tbl>"

    def _cell(
        self, spot: tabular.Place, row: tabular.Row, width: int, place: Place
    ) -> Iterator[str]:
        cell = spot.cell
        span = f'<w:gridSpan w:val="{spot.wide}"/>' if spot.wide > 1 else ""
        merged = "<w:vMerge/>" if cell is None else ""
        if cell and cell.high > 1:
            merged = '<w:vMerge w:val="restart"/>'
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F3F6F5"/>' if row.is_group else ""
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{shade}</w:tcPr>'
        style = "Table Heading" if row.is_head or row.is_group else place.style
        style = "Table Number" if cell and cell.is_number else style
        inside = list(self.blocks(cell.blocks, replace(place, style=style)) if cell else ())
        yield from inside
        if not inside or not inside[-1].endswith("</w:p>"):  # a cell ends with one
            yield paragraph("", styled(style))
        yield "</w:tc>"

    def runs(self, runs: Iterable[Mapping[str, Any]], place: Place) -> str:
        return "".join(self._run(run, place) for run in runs)

    def _run(self, run: Mapping[str, Any], place: Place) -> str:
        if run["kind"] == "break":
            return "<w:r><w:br/></w:r>"
        marks = "".join(mark for name, mark in _MARKS if run.get(name))
        if language := run.get("language") or place.language:
            marks += f'<w:lang w:val="{written("-".join(filter(None, locale(language))))}"/>'
        if not run.get("href"):
            return text(run["text"], marks)
        known = self.links.setdefault(iri_to_uri(run["href"]), f"rIdLink{len(self.links)}")
        words = text(run["text"], f'<w:rStyle w:val="Hyperlink"/>{marks}')
        return f'<w:hyperlink r:id="{known}" w:history="1">{words}</w:hyperlink>'

    def drawing(self, picture: Picture, alt: str, size: tuple[float, float]) -> str:
        known = next((key for key, one in self.pictures.items() if one.name == picture.name), None)
        known = known or f"rIdPicture{len(self.pictures)}"
        self.pictures[known] = picture
        self.drawn += 1
        across, down = (round(length * EMU) for length in size)
        named = f'id="{self.drawn}" name="{written(picture.name)}" descr="{written(alt)}"'
        return (
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {named}/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{known}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}"'
            f' cy="{down}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )


def _properties(place: Place) -> str:
    """Of a paragraph: its style, and where it stands in lists."""
    style = place.style or ("ListParagraph" if place.depth else "")
    level = min(place.depth - 1, DEEPEST)
    if place.mark:
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{place.mark}"/></w:numPr>'
    elif place.depth:
        listed = f'<w:ind w:left="{STEP * (level + 1)}"/>'
    else:
        listed = ""
    if not (style or listed):
        return ""
    named = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    return f"<w:pPr>{named}{listed}</w:pPr>"


def _small(notes: Iterable[str]) -> Iterator[str]:
    for note in notes:
        yield paragraph(text(note, ""), styled("Small Print"))
