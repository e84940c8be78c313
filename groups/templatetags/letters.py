"""The ten-dot mark for mails: a table of cells, because mail programs drop SVG and pictures."""

from functools import cache

from django import template
from django.template.loader import render_to_string

from groups.templatetags.network import MARK_HEIGHT, MARK_WIDTH, mark_positions

register = template.Library()

COLUMNS, ROWS = 14, 10


@register.simple_tag
@cache
def mark() -> str:
    """Drawn once: it is the same in every mail."""
    return render_to_string("mail/mark.html", {"rows": mark_cells()})


def mark_cells() -> list[list[str]]:
    """Rows of cells from north to south: "", "city" or "here"."""
    cells = [[""] * COLUMNS for _ in range(ROWS)]
    for place, x, y in mark_positions():
        column = round(x / MARK_WIDTH * (COLUMNS - 1))
        row = round(y / MARK_HEIGHT * (ROWS - 1))
        cells[row][column] = "here" if place.is_own else "city"
    return cells
