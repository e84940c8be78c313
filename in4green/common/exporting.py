"""Tables that leave the portal: CSV and XLSX in which no program finds a formula.

CSV is UTF-8 with a byte-order mark (spreadsheets then read umlauts), comma-separated, every cell
quoted (a semicolon inside stays where it is), lines ended by CR LF as in RFC 4180.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from in4green.common.cleaning import clean_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell

Row = Sequence[Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheets take for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CELL_LIMIT = 32_767  # characters that a spreadsheet's cell can hold
_NOT_XML = re.compile("[\ufffe\uffff]")  # and the controls, which cleaning drops


def csv_response(filename: str, head: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """Sends each row as it is read; ``filename`` comes without its ending."""
    return StreamingHttpResponse(
        _csv_lines(chain([head], rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}.csv"'},
    )


def xlsx_response(filename: str, head: Row, rows: Iterable[Row]) -> FileResponse:
    """One sheet under a fixed, bold first line; no more than one row is in memory at a time."""
    # Every process meets this module, few of them a workbook: a sixth of the time to start.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(_xlsx_cell(sheet, cell, bold=True) for cell in head)
    for row in rows:
        sheet.append(_xlsx_cell(sheet, cell) for cell in row)
    content = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(content)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{filename}.xlsx", content_type=XLSX)


def _csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    for row in rows:
        writer.writerow(_csv_cell(cell) for cell in row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _csv_cell(value: Any) -> Any:
    """An apostrophe goes before what looks like a formula: CSV has no other way to say "text"."""
    plain = _plain(value)
    if isinstance(plain, datetime):
        return plain.isoformat(" ", "seconds")
    if isinstance(plain, str) and plain.startswith(_FORMULA):
        return f"'{plain}"
    return plain


def _xlsx_cell(sheet: Any, value: Any, *, bold: bool = False) -> "Cell":
    """Text is marked as text, so nothing has to be added to it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    plain = _plain(value)
    cell: Cell = WriteOnlyCell(sheet, plain[:_CELL_LIMIT] if isinstance(plain, str) else plain)
    if isinstance(plain, str):
        cell.data_type = "s"
        cell.quotePrefix = plain.startswith(_FORMULA)
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Any) -> Any:
    """Times become local ones without a zone, which spreadsheets do not know."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | date):
        return value
    return _NOT_XML.sub("", clean_text(str(value)))
