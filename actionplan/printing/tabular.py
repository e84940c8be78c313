"""Tables of both kinds (typed by people, drawn from records) as one, with columns as wide as what
stands in them needs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from actionplan.printing.manuscript import LINE, LONG_LINE
from in4green.livetext.content.blocks import Block

_LETTER = 0.165  # centimetres of one, with those around it, in a table
_BOLD = 1.08  # times as wide
PADDING = 0.32  # centimetres on both sides of a cell
_LONGEST_WORD, _LONGEST_LINE = 24, 45  # letters; what is longer is broken


@dataclass(frozen=True)
class Cell:
    blocks: list[Block]
    wide: int = 1
    high: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    cells: list[Cell]
    is_head: bool = False
    # Names those below it.
    is_group: bool = False


@dataclass(frozen=True)
class Table:
    caption: str
    rows: list[Row]
    notes: list[str]
    # Centimetres.
    widths: list[float]
    # On a page turned on its side.
    across: bool

    def room(self, place: "Place") -> float:
        """Of what stands in a cell."""
        return sum(self.widths[place.column : place.column + place.wide]) - PADDING


@dataclass(frozen=True)
class Place:
    """Where a row has something: a cell, or what hangs down from a cell above (``None``)."""

    column: int
    wide: int
    cell: Cell | None


def of_texts(block: Block, room: float = LINE) -> Table:
    """``room``: as wide as a line, or less within a cell."""

    def rows(name: str) -> Iterator[Row]:
        for row in block[name]:
            yield Row([_cell_of_text(part) for part in row], is_head=name == "head")

    return _table("", [*rows("head"), *rows("body")], [], block["columns"], room)


def _cell_of_text(part: Block) -> Cell:
    blocks = _bold(part["blocks"]) if part["header"] else part["blocks"]
    return Cell(blocks, part["colspan"], part["rowspan"])


def _bold(blocks: list[Block]) -> list[Block]:
    return [
        {**one, "runs": [{**run, "bold": True} for run in one["runs"]]} if "runs" in one else one
        for one in blocks
    ]


def of_records(block: Block, room: float = LINE) -> Table:
    columns = block["columns"]
    figures = [column["number"] for column in columns]
    head = [
        Cell(_lines([column["title"]], bold=True), is_number=column["number"]) for column in columns
    ]
    rows = [Row(head, is_head=True)]
    for body in block["bodies"]:
        if body["title"]:
            said = Cell(_lines([body["title"]], bold=True), wide=len(columns))
            rows.append(Row([said], is_group=True))
        rows += [_row(row, figures) for row in body["rows"]]
    return _table(block["caption"], rows, block["notes"], len(columns), room)


def _row(row: Any, figures: list[bool]) -> Row:
    return Row([
        Cell(_lines(lines, bold=place == 0 or row["total"]), is_number=figures[place])
        for place, lines in enumerate(row["cells"])
    ])  # fmt: skip


def _lines(lines: list[str], *, bold: bool = False) -> list[Block]:
    return [
        {"kind": "paragraph", "runs": [{"kind": "text", "text": line, "bold": bold}]}
        for line in lines
    ]


def _table(caption: str, rows: list[Row], notes: list[str], columns: int, room: float) -> Table:
    needed, wanted = _widths(rows, columns)
    across = room == LINE and sum(needed) > LINE
    widths = _shared(needed, wanted, LONG_LINE if across else room)
    return Table(caption, rows, notes, widths, across)


def _widths(rows: list[Row], columns: int) -> tuple[list[float], list[float]]:
    """Of each column, in centimetres: below this words are broken; so much it would like."""
    words, lines = [1.0] * columns, [[0.0, 0] for _column in range(columns)]
    for place in (place for row in placed(rows, columns) for place in row[1]):
        if place.cell and place.wide == 1:
            texts = list(_texts(place.cell.blocks))
            longest = (wide * len(word) for wide, text in texts for word in text.split())
            words[place.column] = max([words[place.column], *longest])
            usual = lines[place.column]
            usual[0] += max((wide * len(text) for wide, text in texts), default=0)
            usual[1] += 1
    needed = [min(word, _LONGEST_WORD) * _LETTER + PADDING for word in words]
    wanted = [
        max(least, min(total / max(count, 1), _LONGEST_LINE) * _LETTER + PADDING)
        for least, (total, count) in zip(needed, lines, strict=True)
    ]
    return needed, wanted


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[float, str]]:
    """Each with how wide its letters are."""
    for block in blocks:
        if "runs" in block:
            bold = any(run.get("bold") for run in block["runs"])
            yield _BOLD if bold else 1, "".join(run.get("text", "\n") for run in block["runs"])
        for inside in [block.get("blocks", []), *block.get("items", [])]:
            yield from _texts(inside)


def _shared(needed: list[float], wanted: list[float], line: float) -> list[float]:
    """The whole line: to each what it needs, the rest by what each would like beyond that."""
    rest = line - sum(needed)
    if rest <= 0:
        return [each * line / sum(needed) for each in needed]
    wishes = [want - need for need, want in zip(needed, wanted, strict=True)]
    if sum(wishes) < rest:
        return [want + want * (line - sum(wanted)) / sum(wanted) for want in wanted]
    return [need + wish * rest / sum(wishes) for need, wish in zip(needed, wishes, strict=True)]


def placed(rows: list[Row], columns: int) -> Iterator[tuple[Row, list[Place]]]:
    """Each row with what stands in each of its columns, from left to right."""
    hanging = [(0, 1)] * columns  # rows that are still covered, and how wide, from this column on
    for row in rows:
        cells, places, column = iter(row.cells), [], 0
        while column < columns:
            left, wide = hanging[column]
            cell = None
            if left:
                hanging[column] = (left - 1, wide)
            else:
                cell = next(cells, Cell([]))
                wide = min(cell.wide, columns - column)
                hanging[column] = (cell.high - 1, wide)
            places.append(Place(column, wide, cell))
            column += wide
        yield row, places


def facts(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Names and values of a table without a head."""
    for body in block["bodies"]:
        for row in body["rows"]:
            name, *values = row["cells"]
            yield "; ".join(name), [line for value in values for line in value]
