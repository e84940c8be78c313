"""Cells of a spreadsheet as somebody would type them into a field."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import override

from actionplan.importing.rows import Row
from in4green.common.names import fold

DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")
_THOUSAND = 3  # places behind a point that could part thousands


def read_day(value: Any) -> date | None:
    """None for what is no day."""
    for form in DAYS:
        try:
            return datetime.strptime(str(value), form).date()
        except ValueError:
            continue
    return None


def as_typed(value: Any) -> str:
    """The same in each language: days as ISO writes them, and never a point for thousands."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        plain = f"{Decimal(str(value)).normalize():f}"
        _whole, _point, places = plain.partition(".")
        return f"{plain}0" if len(places) == _THOUSAND else plain
    day = read_day(value)
    return day.isoformat() if day else str(value)


def key_of(row: Row) -> int | None:
    """The action's number in the file, if it has one."""
    number = row.cells.get("number")
    if isinstance(number, str) and number.isdecimal():
        return int(number)
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return int(number) if is_number and number is not None else None


def read_choice(model: Any, name: str, words: str) -> str:
    """What is kept for these words; what nobody knows stays as it is, and the form says so."""
    return _choices(model, name).get(fold(words), words)


@cache
def _choices(model: Any, name: str) -> dict[str, str]:
    """By what they are called in each language, and by what is kept."""
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            choices = model._meta.get_field(name).choices
            found |= {fold(str(label)): str(value) for value, label in choices}
    return found
