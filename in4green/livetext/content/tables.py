"""Tables whose rows are all equally wide, as the editor needs them: it would repair others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from in4green.livetext.content.tree import Content

WIDEST = 50
LARGEST = 20_000  # cells

Row = list[Content]


def regular(rows: list[Row]) -> list[Row]:
    """The rows with cells cut to the table and empty ones where some were missing.

    Raises ValidationError for a table that nobody could read.
    """
    taken: list[set[int]] = [set() for _row in rows]
    for number, row in enumerate(rows):
        for cell in row:
            _place(cell["attrs"], number, taken)
    width = max((len(columns) for columns in taken), default=0)
    _check(width, len(rows))
    return [[*row, *_missing(width, taken[at])] for at, row in enumerate(rows)]


def _place(attributes: dict[str, Any], number: int, taken: list[set[int]]) -> None:
    """Into the first free column; what it spans must be free too and inside the table."""
    column = _first_free(taken[number])
    wide = 1
    while wide < attributes["colspan"] and column + wide not in taken[number]:
        wide += 1
    attributes["colspan"] = wide
    attributes["rowspan"] = min(attributes["rowspan"], len(taken) - number)
    for below in range(number, number + attributes["rowspan"]):
        taken[below].update(range(column, column + wide))
    _check(column + wide, 1)


def _first_free(columns: set[int]) -> int:
    column = 0
    while column in columns:
        column += 1
    return column


def _missing(width: int, columns: set[int]) -> list[Content]:
    return [cell("tableCell") for column in range(width) if column not in columns]


def cell(name: str, *blocks: Content, colspan: int = 1, rowspan: int = 1) -> Content:
    attributes = {"colspan": colspan, "rowspan": rowspan, "colwidth": None}
    return {"type": name, "attrs": attributes, "content": [*blocks] or [{"type": "paragraph"}]}


def _check(width: int, height: int) -> None:
    if width > WIDEST:
        message = _("A table can have %(widest)s columns at most.")
        raise ValidationError(message, code="wide", params={"widest": WIDEST})
    if width * height > LARGEST:
        message = _("A table can have %(largest)s cells at most.")
        raise ValidationError(message, code="cells", params={"largest": LARGEST})
