"""Tables whose rows fit together: as a browser lays cells out, with no hole and no overlap.

Typst fills a row that is too short with cells of the next one, and refuses what overlaps.
"""

from typing import Any

from in4green.common.documents import Unprintable
from in4green.livetext.content.tables import WIDEST

Cell = dict[str, Any]
EMPTY: Cell = {"colspan": 1, "rowspan": 1, "header": False, "blocks": []}


def fitted(rows: list[list[Cell]]) -> dict[str, Any]:
    """``columns``, and ``head`` and ``body`` as rows of cells; leading rows of headers are head.

    Raises Unprintable.
    """
    heads = 0
    while heads < len(rows) - 1 and all(cell["header"] for cell in rows[heads]):
        heads += 1
    placed = [*_placed(rows[:heads]), *_placed(rows[heads:])]
    columns = max(max(used) + 1 for _cells, used in placed)
    full = [cells + [EMPTY] * (columns - len(used)) for cells, used in placed]
    return {"columns": columns, "head": full[:heads], "body": full[heads:]}


def _placed(rows: list[list[Cell]]) -> list[tuple[list[Cell], set[int]]]:
    """Each row's cells, and which columns are taken in it, by these or from above."""
    taken: list[set[int]] = [set() for _row in rows]
    found = []
    for n, row in enumerate(rows):
        cells = []
        for cell in row:
            start = _free(taken[n])
            if start >= WIDEST:
                raise Unprintable(f"a table has more than {WIDEST} columns")
            width = _room(taken[n], start, cell["colspan"])
            height = min(cell["rowspan"], len(rows) - n)
            for below in taken[n : n + height]:
                below.update(range(start, start + width))
            cells.append({**cell, "colspan": width, "rowspan": height})
        found.append((cells, taken[n]))
    return found


def _free(taken: set[int]) -> int:
    start = 0
    while start in taken:
        start += 1
    return start


def _room(taken: set[int], start: int, wanted: int) -> int:
    """How wide a cell may be before the next one that hangs down from above, or the edge."""
    width = 1
    while width < wanted and start + width < WIDEST and start + width not in taken:
        width += 1
    return width
