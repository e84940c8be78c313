"""How wide the columns of a table from records are, and which tables need the page's long side."""

from typing import Any

from actionplan.tables.grid import Grid, Row
from in4green.livetext.content.blocks import Block

# More than these are set across; a column has a third less room than it needs then.
MOST_UPRIGHT = 7
_WIDEST, _NARROWEST = 4.5, 1.5
_LETTERS = 12  # of a text that has one part of the width
_WORD = 7  # letters of a head's word that must not be broken, in one part
_UPRIGHT, _ACROSS = 470, 717  # points between the margins
_BESIDE = 10  # points of a column that stay empty
_TALL = 30  # lines of a row; a page has room for twice as many, where letters are not wider
_LETTER = 5.5  # points; wide for a letter of this size, so that no word sticks out


def records(grid: Grid) -> Block:
    widths = _widths(grid)
    is_wide = len(grid.columns) > MOST_UPRIGHT
    fitting = _fitting(widths, _ACROSS if is_wide else _UPRIGHT)
    return {
        "kind": "records",
        "caption": grid.caption,
        "columns": [
            {
                "title": column.title, "number": column.is_number, "width": width,
                "long": _longest([column.title]) > letters,
            }
            for column, width, letters in zip(grid.columns, widths, fitting, strict=True)
        ],
        "bodies": [
            {"title": body.title, "rows": [_row(row, fitting) for row in body.rows]}
            for body in grid.bodies
        ],
        "notes": list(grid.notes),
        "wide": is_wide,
        "tall": any(_is_tall(row, fitting) for body in grid.bodies for row in body.rows),
    }  # fmt: skip


def _row(row: Row, fitting: list[int]) -> dict[str, Any]:
    """``long``: the places of cells with a word that has more letters than fit."""
    cells = [_lines(cell) for cell in row.cells]
    return {
        "cells": cells,
        "total": row.is_total,
        "long": [n for n, cell in enumerate(cells) if _longest(cell) > fitting[n]],
    }


def _fitting(widths: list[float], across: int) -> list[int]:
    """How many letters one line of each column has room for."""
    rooms = (across * width / sum(widths) - _BESIDE for width in widths)
    return [max(1, int(room / _LETTER)) for room in rooms]


def _is_tall(row: Row, fitting: list[int]) -> bool:
    """Whether it may need more than a page."""
    cells = zip(map(_lines, row.cells), fitting, strict=True)
    return any(sum(len(line) // fits + 1 for line in lines) > _TALL for lines, fits in cells)


def _longest(lines: list[str]) -> int:
    return max((len(word) for line in lines for word in line.split()), default=0)


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
