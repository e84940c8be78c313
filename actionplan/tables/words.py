"""Amounts, days and spans as people of the active language write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NOTHING = "–"
MANY = 4096  # days and amounts: the same ones come again and again, and each is slow to write


def money(amount: str | Decimal | None) -> str:
    """Whole euros: nobody plans in cents, the files have them."""
    return NOTHING if amount is None else _money(amount, get_language())


@lru_cache(MANY)
def _money(amount: str | Decimal, _language: str | None) -> str:
    euros = Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)
    return _("%(amount)s €") % {"amount": number_format(euros, force_grouping=True)}


def day(iso: str | None) -> str:
    return _day(iso, get_language()) if iso else NOTHING


@lru_cache(MANY)
def _day(iso: str, _language: str | None) -> str:
    return date_format(date.fromisoformat(iso), "SHORT_DATE_FORMAT")


def span(row: dict[str, Any]) -> str:
    begins, ends = row["starts_on"], row["ends_on"]
    if not begins and not ends:
        return NOTHING
    if not ends:
        return _("from %(day)s") % {"day": day(begins)}
    if not begins:
        return _("until %(day)s") % {"day": day(ends)}
    return _("%(begins)s to %(ends)s") % {"begins": day(begins), "ends": day(ends)}


def number(written: str) -> str:
    """One of any size; what follows the point stays as it was written."""
    value = Decimal(written)
    places = max(0, -int(value.as_tuple().exponent))
    return number_format(value, decimal_pos=places, force_grouping=True)


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
