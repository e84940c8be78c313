"""How wide the columns of a table from records are, and which tables need the page's long side."""

from typing import Any

from actionplan.tables.grid import Body, Grid, Row
from in4green.livetext.content.blocks import Block

# More than these are set across; a column has a third less room than it needs then.
MOST_UPRIGHT = 7
_WIDEST, _NARROWEST = 4.5, 1.5
_LETTERS = 12  # of a text that has one part of the width
_WORD = 7  # letters of a head's word that must not be broken, in one part


def records(grid: Grid) -> Block:
    widths = _widths(grid)
    return {
        "kind": "records",
        "caption": grid.caption,
        "columns": [
            {"title": column.title, "number": column.is_number, "width": width}
            for column, width in zip(grid.columns, widths, strict=True)
        ],
        "bodies": [_body(body) for body in grid.bodies],
        "notes": list(grid.notes),
        "wide": len(grid.columns) > MOST_UPRIGHT,
    }


def _body(body: Body) -> dict[str, Any]:
    rows = [{"cells": [_lines(cell) for cell in row.cells], "total": row.is_total}
            for row in body.rows]  # fmt: skip
    return {"title": body.title, "rows": rows}


def _lines(cell: str | tuple[str, ...]) -> list[str]:
    """At least one, perhaps empty."""
    return [cell] if isinstance(cell, str) else list(cell) or [""]


def _widths(grid: Grid) -> list[float]:
    """By what usually stands in a column, so that long texts have more room than figures."""
    if not any(column.title for column in grid.columns):
        return [_NARROWEST, *[_WIDEST for _column in grid.columns[1:]]]
    rows: list[Row] = [row for body in grid.bodies for row in body.rows]
    return [
        _width(column.title, [_lines(row.cells[n]) for row in rows])
        for n, column in enumerate(grid.columns)
    ]


def _width(title: str, cells: list[list[str]]) -> float:
    longest = [max(map(len, lines)) for lines in cells]
    usual = sum(longest) / len(longest) if longest else 0
    word = max(map(len, title.split()), default=0)
    needed = max(usual / _LETTERS, word / _WORD)
    return round(min(_WIDEST, max(_NARROWEST, needed)), 2)
