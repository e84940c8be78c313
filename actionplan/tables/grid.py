"""A table as data, and as HTML or blocks for print: the same one everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from in4green.livetext.content.blocks import Block
from in4green.livetext.content.grids import fitted


@dataclass(frozen=True)
class Column:
    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A text (of several lines) or a list for each column; the first cell heads the row."""

    cells: tuple[str | tuple[str, ...], ...]
    # Adds up those above it.
    is_total: bool = False


@dataclass(frozen=True)
class Body:
    """Rows that belong together, under a heading of their own where it has words."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True)
class Grid:
    caption: str
    columns: tuple[Column, ...]
    bodies: tuple[Body, ...]
    # Sentences below it.
    notes: tuple[str, ...] = field(default=())

    def html(self, *, folded: bool = False) -> SafeString:
        """``folded``: below a drawing that says most of it."""
        caption = escape(self.caption)
        table = (
            f'<div class="table-responsive" role="group" aria-label="{caption}" tabindex="0">'
            f'<table class="table table--stacks plan-table"><caption>{caption}</caption>'
            f"{self._head()}{''.join(map(self._body, self.bodies))}</table></div>"
        )
        if folded:
            words = escape(_("As a table: %(name)s") % {"name": self.caption})
            table = f'<details class="plan-table__fold"><summary>{words}</summary>{table}</details>'
        notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in self.notes)
        return mark_safe(table + notes)  # noqa: S308 - every part is escaped where it is made

    def _head(self) -> str:
        if not any(column.title for column in self.columns):
            return ""
        cells = (
            f'<th scope="col"{_figure(column)}>{escape(column.title)}</th>'
            for column in self.columns
        )
        return f"<thead><tr>{''.join(cells)}</tr></thead>"

    def _body(self, body: Body) -> str:
        title = (
            f'<tr class="plan-table__group"><th scope="rowgroup" colspan="{len(self.columns)}">'
            f"{escape(body.title)}</th></tr>"
        )
        rows = "".join(map(self._row, body.rows))
        return f"<tbody>{title if body.title else ''}{rows}</tbody>"

    def _row(self, row: Row) -> str:
        first, *others = zip(self.columns, row.cells, strict=True)
        cells = "".join(
            f'<td data-label="{escape(column.title)}"{_figure(column)}>{_lines(cell)}</td>'
            for column, cell in others
        )
        total = ' class="plan-table__total"' if row.is_total else ""
        return f'<tr{total}><th scope="row">{_lines(first[1])}</th>{cells}</tr>'

    def blocks(self) -> Iterator[Block]:
        """As ``templates/documents/text.typ`` sets them."""
        yield _paragraph(self.caption, bold=True)
        rows = list(self._paper_rows())
        yield {"kind": "table", **fitted(rows)}
        yield from (_paragraph(note) for note in self.notes)

    def _paper_rows(self) -> Iterator[list[Block]]:
        if any(column.title for column in self.columns):
            yield [_paper_cell(column.title, header=True) for column in self.columns]
        for body in self.bodies:
            if body.title:
                yield [_paper_cell(body.title, header=True, wide=len(self.columns))]
            for row in body.rows:
                yield [
                    _paper_cell(cell, header=place == 0 or row.is_total)
                    for place, cell in enumerate(row.cells)
                ]


def _figure(column: Column) -> str:
    return ' class="figure"' if column.is_number else ""


def _lines(cell: str | tuple[str, ...]) -> str:
    if isinstance(cell, str):
        return "<br>".join(map(escape, cell.split("\n")))
    if len(cell) < 2:
        return escape("".join(cell))
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in cell)}</ul>"


def _paragraph(text: str, *, bold: bool = False) -> Block:
    run = {"kind": "text", "text": text, **({"bold": True} if bold else {})}
    return {"kind": "paragraph", "runs": [run] if text else []}


def _paper_cell(cell: str | tuple[str, ...], *, header: bool, wide: int = 1) -> Block:
    lines = cell.split("\n") if isinstance(cell, str) else cell
    inside = [_paragraph(line) for line in lines]
    return {"colspan": wide, "rowspan": 1, "header": header, "blocks": inside}
