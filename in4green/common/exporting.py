"""Tables that leave the portal: CSV and XLSX in which no program finds a formula.

CSV is UTF-8 with a byte-order mark (spreadsheets then read umlauts), comma-separated, every cell
quoted (a semicolon inside stays where it is), lines ended by CR LF as in RFC 4180.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from in4green.common.cleaning import clean_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell

Row = Sequence[Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What spreadsheets take for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TITLE_LIMIT = 31  # of a sheet
_CELL_LIMIT = 32_767  # characters that a spreadsheet's cell can hold
_NOT_XML = re.compile("[\ufffe\uffff]")  # and the controls, which cleaning drops


def csv_response(filename: str, head: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """Sends each row as it is read; ``filename`` comes without its ending."""
    return StreamingHttpResponse(
        csv_lines(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}.csv"'},
    )


def xlsx_response(filename: str, head: Row, rows: Iterable[Row]) -> FileResponse:
    """One sheet under a fixed, bold first line; no more than one row is in memory at a time."""
    return workbook_response(filename, [("", head, rows)])


def workbook_response(
    filename: str, sheets: Iterable[tuple[str, Row, Iterable[Row]]]
) -> FileResponse:
    content = TemporaryFile()  # noqa: SIM115 (the response closes it)
    workbook(content, sheets)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{filename}.xlsx", content_type=XLSX)


@dataclass(frozen=True)
class About:
    """A last sheet that says what a workbook is: a picture, and lines below it."""

    title: str
    picture: bytes  # PNG
    size: tuple[int, int]  # in pixels
    shows: str  # what the picture shows, for whoever does not see it
    lines: Row


def workbook(
    file: Any, sheets: Iterable[tuple[str, Row, Iterable[Row]]], about: About | None = None
) -> None:
    """Sheets of a title (or none), a head that stays in sight and sorts, and rows."""
    # Every process meets this module, few of them a workbook: a sixth of the time to start.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, head, rows in sheets:
        sheet = book.create_sheet(title[:_TITLE_LIMIT] or None)
        sheet.freeze_panes = "A2"
        if title:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}1"
            for place, name in enumerate(head, 1):
                wide = min(40, max(14, 2 * len(str(name))))
                sheet.column_dimensions[get_column_letter(place)].width = wide
        sheet.append(_xlsx_cell(sheet, cell, bold=True) for cell in head)
        for row in rows:
            sheet.append(_xlsx_cell(sheet, cell) for cell in row)
    if about:
        _tell(book.create_sheet(about.title[:_TITLE_LIMIT]), about)
        book.save(saved := io.BytesIO())
        _describe(saved, file, about.shows)
    else:
        book.save(file)


def _tell(sheet: Any, about: About) -> None:
    from openpyxl.drawing.image import Image

    picture = Image(io.BytesIO(about.picture))
    picture.width, picture.height = about.size
    sheet.add_image(picture, "A1")
    sheet.column_dimensions["A"].width = 100
    sheet.row_dimensions[1].height = about.size[1]
    sheet.append([])
    for line in about.lines:
        sheet.append([_xlsx_cell(sheet, line)])


def _describe(saved: io.BytesIO, file: Any, words: str) -> None:
    """The library writes that every picture shows a picture."""
    with ZipFile(saved) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith("xl/drawings/drawing"):
                shown = f"descr={quoteattr(words)}".encode()
                content = content.replace(b'descr="Picture"', shown)
            new.writestr(entry, content)


def csv_lines(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    for row in chain([head], rows):
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
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return _NOT_XML.sub("", clean_text(str(value)))
