"""A pasted table of people, read as kindly as possible: whatever separates its columns, with or
without quotation marks, a byte-order mark or a heading. What can't be read is named line by line.
"""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from in4green.common.cleaning import clean_address, clean_line
from in4green.common.names import fold

MOST_ROWS = 500
MOST_CHARACTERS = 200_000
SEPARATORS = "\t;,"
COLUMNS = ("name", "email", "organisation", "city", "role", "kind", "guest")
# As people head their columns, folded.
HEADINGS = {
    "name": {"name", "person", "vor- und nachname", "vorname und nachname", "full name",
             "participant", "teilnehmer", "teilnehmerin", "teilnehmende", "teilnehmer:in"},
    "first": {"vorname", "first name", "given name"},
    "last": {"nachname", "familienname", "last name", "surname", "family name"},
    "email": {"e-mail", "email", "mail", "e-mail-adresse", "mailadresse", "e-mail address"},
    "organisation": {"organisation", "organization", "institution", "firma", "company",
                     "einrichtung"},
    "city": {"stadt", "city", "ort", "represents", "delegation", "vertritt"},
    "role": {"rolle", "role", "funktion", "function", "position"},
    "kind": {"art", "kind", "art der organisation", "kind of organisation"},
    "guest": {"gast", "guest"},
}  # fmt: skip


class Unreadable(Exception):
    """``args[0]`` is a sentence for whoever pasted it."""


@dataclass
class Line:
    """``text`` is the line as it was pasted; ``problem`` says why it can't be read."""

    number: int
    text: str
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass
class Pasted:
    """``heading`` is the first line, if it heads the columns."""

    heading: str
    lines: list[Line]

    def as_text(self, numbers: set[int]) -> str:
        """Some of the lines again, under the same heading."""
        kept = [line.text for line in self.lines if line.number in numbers]
        return "\n".join([self.heading, *kept] if self.heading else kept)


def read_people(text: str) -> Pasted:
    """Raises Unreadable for what is too much, or empty."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(
            _("This is more text than fits: at most %(most)d characters at once. Nothing was taken"
              " over. Please paste it in several parts.") % {"most": MOST_CHARACTERS}
        )  # fmt: skip
    rows = _rows(text.removeprefix("\ufeff"))
    if not rows:
        raise Unreadable(_("There is nothing to read yet: please paste at least one line."))
    columns = _headings(rows[0][2])
    heading, rows = (rows[0][1], rows[1:]) if columns else ("", rows)
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            _("These are %(rows)d lines, and at most %(most)d fit at once. Nothing was taken over."
              " Please paste them in several parts.") % {"rows": len(rows), "most": MOST_ROWS}
        )  # fmt: skip
    return Pasted(heading, [_line(*row, columns or list(COLUMNS)) for row in rows])


def _rows(text: str) -> list[tuple[int, str, list[str] | None]]:
    """Number, text and cells of each line that isn't empty; no cells where a quote stays open."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator(lines)
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip(f" {SEPARATORS}"):
            found.append((number, line, _cells(line, separator)))
    return found


def _cells(line: str, separator: str) -> list[str] | None:
    try:
        row = next(csv.reader(io.StringIO(line), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return [clean_line(cell) for cell in row]


def _separator(lines: list[str]) -> str:
    """The one that splits most lines alike; a comma may also stand within a name."""

    def weight(separator: str) -> int:
        return sum(separator in line for line in lines)

    return max(SEPARATORS, key=weight)


def _headings(cells: list[str] | None) -> list[str]:
    """What each column holds, if the first line says so; unknown columns are left out."""
    known = {heading: name for name, words in HEADINGS.items() for heading in words}
    columns = [known.get(fold(cell), "") for cell in cells or []]
    return columns if {"name", "last"} & set(columns) else []


def _line(number: int, text: str, cells: list[str] | None, columns: list[str]) -> Line:
    if cells is None:
        problem = _("A quotation mark is open or stands where none may stand.")
        return Line(number, text, problem=problem)
    if any(cells[len(columns) :]):
        return Line(number, text, problem=_("There are more cells than columns."))
    found = dict(zip(columns, cells, strict=False))
    found.pop("", None)
    given = [found.pop("first", ""), found.pop("last", "")]
    if any(given):
        found["name"] = " ".join(filter(None, given))
    found["email"] = clean_address(found.get("email", ""))
    return Line(number, text, {name: found.get(name, "") for name in COLUMNS})
