"""A spreadsheet's rows as they stand: no formula is ever worked out, nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from actionplan import columns
from in4green.common import uploads
from in4green.common.cleaning import clean_line, clean_text
from in4green.common.names import fold
from in4green.common.uploads.archives import Unusable, parse

MOST_ROWS = 300
# Of one sheet of steps, funding and the like.
MOST_PARTS = 3000
# Further rows are counted, to say how many they are.
MOST_COUNTED = 20_000
# Unpacked, of one part: openpyxl reads some of them as a whole.
LARGEST_PART = 20 * 1024 * 1024
_TEXTS = ("summary", "summary_en", "mitigation")


@dataclass
class Row:
    """``cells`` hold text, a number, a day or yes and no; ``problems`` say what can't be read."""

    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    sheet: str = ""


@dataclass
class Table:
    rows: list[Row]
    # Headings that mean no column of ours.
    ignored: list[str] = field(default_factory=list)
    # Rows of other sheets that belong to actions, by kind as in ``columns.PARTS``.
    parts: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """``meant``: which column a folded heading means; ``needs``: those by which it is known."""

    meant: Mapping[str, str]
    needs: tuple[str, ...]
    most: int = MOST_ROWS


def read_table(file: UploadedFile, names: tuple[str, ...], *, needs: str) -> Table:
    """``needs``: the column by which a sheet is known to be the right one.

    Raises ValidationError with a sentence for a file that is not taken or has too many rows.
    """
    _check(file)
    from openpyxl import load_workbook  # few processes ever need it

    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        found = _read_book(book.worksheets, Sheet(columns.known(names), (needs,)))
    except ValidationError:
        raise
    except Exception:
        raise _damaged() from None
    if found is None:
        raise ValidationError(
            _("No sheet of this file has a column “%(column)s”.") % {"column": columns.head(needs)},
            code="columns",
        )
    return found


def _damaged() -> ValidationError:
    return ValidationError(
        _("The file is damaged, or it is not what the end of its name says."), code="content"
    )


def _check(file: UploadedFile) -> None:
    ending = PurePosixPath(str(file.name)).suffix.lower()
    if ending == ".xlsm":
        raise ValidationError(
            _("The file contains macros. Please save it without macros."), code="macros"
        )
    if ending != ".xlsx":
        raise ValidationError(_("Please choose an Excel file (.xlsx)."), code="kind")
    uploads.take_in(file)
    file.seek(0)
    with ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.file_size > LARGEST_PART:
                raise ValidationError(
                    _("This file is far larger than a table of actions."), code="large"
                )
            if entry.filename.endswith((".xml", ".rels")):
                try:
                    parse(archive.open(entry), lambda _name, _attributes: None)
                except Unusable:
                    raise _damaged() from None
    file.seek(0)


def _read_book(sheets: list[Any], wanted: Sheet) -> Table | None:
    parts: dict[str, list[Row]] = {}
    ignored: list[str] = []
    others = []
    for sheet in sheets:
        kind, found = _read_part(sheet)
        if found is None:
            others.append(sheet)
        elif kind not in parts:
            parts[kind] = found.rows
            ignored += [f"{sheet.title}: {words}" for words in found.ignored]
    table = next(filter(None, (_read(sheet, wanted) for sheet in others)), None)
    if table:
        table.parts = parts
        table.ignored += ignored
    return table


def _read_part(sheet: Any) -> tuple[str, Table | None]:
    """Its kind, if it names the actions that its rows belong to."""
    for kind, (_model, _names, needs) in columns.PARTS.items():
        meant = columns.part_known(kind)
        for place in ("number", "action"):
            if found := _read(sheet, Sheet(meant, (place, *needs), MOST_PARTS)):
                return kind, found
    return "", None


def _read(sheet: Any, wanted: Sheet) -> Table | None:
    """None for a sheet whose first line has no such columns."""
    sheet.reset_dimensions()  # what the file says of itself may be wrong
    lines = ((number, cells) for number, cells in enumerate(sheet.iter_rows(), 1) if _said(cells))
    head = next(lines, None)
    heads = [_heading(cell) for cell in head[1]] if head else []
    found = [wanted.meant.get(fold(words), "") for words in heads]
    if not set(wanted.needs) <= set(found):
        return None
    rows = []
    count = 0
    for number, cells in lines:
        count += 1
        if count <= wanted.most:
            rows.append(_row(sheet.title, number, cells, found, heads))
        if count >= MOST_COUNTED:
            break
    if count > wanted.most:
        raise _too_many(count, wanted.most)
    ignored = [words for words, name in zip(heads, found, strict=True) if words and not name]
    return Table(rows, ignored)


def _too_many(count: int, most: int) -> ValidationError:
    said = _(
        "These are %(rows)d rows, and at most %(most)d fit at once. Nothing was taken over. Please"
        " split the table."
    )
    return ValidationError(said % {"rows": count, "most": most}, code="many")


def _said(cells: Any) -> bool:
    return any(cell.value not in (None, "") for cell in cells)


def _heading(cell: Any) -> str:
    return clean_line(str(cell.value)) if cell.value is not None else ""


def _row(sheet: str, number: int, cells: Any, names: list[str], heads: list[str]) -> Row:
    row = Row(number, sheet=clean_line(str(sheet)))
    for cell, name, words in zip(cells, names, heads, strict=False):
        if not name or cell.value is None:
            continue
        if cell.data_type == "f":
            row.problems.append(_("“%(column)s” contains a formula, not a value.")
                                % {"column": words})  # fmt: skip
        elif cell.data_type == "e":
            row.problems.append(_("“%(column)s” contains an error of the spreadsheet.")
                                % {"column": words})  # fmt: skip
        else:
            row.cells[name] = _value(cell.value, name)
    return row


def _value(value: Any, name: str) -> Any:
    """What JSON can say; a day as ISO writes it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return value
    return clean_text(str(value)) if name in _TEXTS else clean_line(str(value))
