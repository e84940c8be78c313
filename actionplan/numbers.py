"""Numbers as people type and read them: 1.234,50 in German, 1,234.50 in English."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Blanks of all kinds, the Swiss apostrophe, the sign of the currency; “,–” means no cents.
_DROPPED = re.compile(r"\s|['’€]|EUR\b", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[.,])[-–—]+$")
_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
_YES, _NO = {"ja", "yes", "j", "y"}, {"nein", "no", "n"}


def read_number(text: str, *, is_money: bool = False) -> Decimal:
    """Raises ValueError. One point or comma before three digits means thousands in money;
    elsewhere it depends on the language of the page."""
    typed = _NO_CENTS.sub("0", _DROPPED.sub("", text)).replace("−", "-")
    sign, digits = ("-", typed[1:]) if typed[:1] == "-" else ("", typed.removeprefix("+"))
    whole, fraction = _parted(digits, is_money)
    if not (_WHOLE.fullmatch(whole) or _GROUPED.fullmatch(whole)):
        raise ValueError(text)
    plain = re.sub("[.,]", "", whole)
    if not (plain + fraction).isascii() or (fraction and not fraction.isdecimal()):
        raise ValueError(text)
    return Decimal(f"{sign}{plain}.{fraction or 0}")


def _parted(digits: str, is_money: bool) -> tuple[str, str]:
    """What stands before and after the sign for decimals."""
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return digits, ""
    last = signs[-1]
    if signs.count(last) > 1 or (len(set(signs)) == 1 and _is_thousands(digits, last, is_money)):
        return digits, ""
    whole, _sign, fraction = digits.rpartition(last)
    if not fraction:
        raise ValueError(digits)
    return whole or "0", fraction


def _is_thousands(digits: str, sign: str, is_money: bool) -> bool:
    if not _GROUPED.fullmatch(digits) or digits.startswith("0"):
        return False
    return is_money or sign == ("." if get_language() == "de" else ",")


def show_number(value: Any) -> str:
    """As the reader's language writes it, without zeros at the end."""
    if value is None or value == "":
        return ""
    return str(number_format(Decimal(value).normalize(), force_grouping=True))


def show_amount(value: Any) -> str:
    """Of money, without a sign; with both cents or none."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    places = 0 if amount == amount.to_integral_value() else 2
    return str(number_format(amount, places, force_grouping=True))


def show_euros(value: Any) -> str:
    return f"{show_amount(value)} €" if value is not None else ""


def show_yes_no(value: Any) -> str:
    if value is None or value == "":
        return ""
    return _("yes") if Decimal(value) else _("no")


class NumberField(forms.DecimalField):
    """Typed as above; an error names an example."""

    is_money = False

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, Decimal | int):
            return super().to_python(value)
        try:
            return self.read(str(value))
        except ValueError:
            told = _("“%(value)s” is not a number. Please type it like this: %(example)s.")
            example = {"value": value, "example": show_amount(Decimal("1234.5"))}
            raise ValidationError(told % example, code="invalid") from None

    def read(self, typed: str) -> Decimal:
        return read_number(typed, is_money=self.is_money)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else self.as_typed(value)

    def as_typed(self, value: Any) -> str:
        return show_amount(value) if self.is_money else show_number(value)


class MoneyField(NumberField):
    is_money = True


class MeasureField(NumberField):
    """A number, or yes and no, which are kept as 1 and 0."""

    is_yes_no = False

    def read(self, typed: str) -> Decimal:
        word = typed.strip().casefold()
        if word in _YES | _NO:
            return Decimal(word in _YES)
        return super().read(typed)

    def as_typed(self, value: Any) -> str:
        return show_yes_no(value) if self.is_yes_no else super().as_typed(value)


def is_yes_or_no(typed: str) -> bool:
    return typed.strip().casefold() in _YES | _NO
