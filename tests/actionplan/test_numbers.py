"""Numbers as people type them in German and in English."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from actionplan.numbers import (
    MeasureField,
    MoneyField,
    NumberField,
    read_number,
    show_amount,
    show_euros,
    show_number,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234,50 €", "1234.50"),
        ("1’234.50", "1234.50"),
        ("EUR 1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1.000,–", "1000"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("−3", "-3"),
        ("+3", "3"),
        ("0", "0"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_number_means_the_same_in_both_ways_of_writing(language, typed, meant):
    with translation.override(language):
        assert read_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "de", "1.234"),
        ("1,234", "en", "1234"),
    ],
)
def test_three_digits_behind_one_sign_are_read_as_the_language_writes(typed, language, meant):
    with translation.override(language):
        assert read_number(typed) == Decimal(meant)
        assert read_number(typed, is_money=True) == 1234


@pytest.mark.parametrize(
    "typed", ["viel", "1.23.456", "12.3456,5", "1,2,3.4", "--5", "1e5", "5,", "٣", "1.234.56,7"]
)
def test_what_is_no_number_is_told_with_an_example(typed):
    with pytest.raises(ValidationError, match=r"1\.234,50"):
        MoneyField().clean(typed)


def test_a_number_is_shown_as_it_is_typed():
    assert show_number(Decimal("1234.5000")) == "1.234,5"
    assert show_number(Decimal(1000)) == "1.000"
    assert (show_amount(Decimal("12.5")), show_amount(Decimal(12000))) == ("12,50", "12.000")
    assert show_euros(Decimal(12)) == "12 €"
    with translation.override("en"):
        assert show_number(Decimal("1234.5")) == "1,234.5"
    assert [show_number(None), show_amount(""), show_euros(None)] == ["", "", ""]


@pytest.mark.parametrize("value", ["1234.5", "1234.125", "1000", "0.5", "-7"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_stands_in_a_field_is_read_as_it_was_meant(language, value):
    with translation.override(language):
        field = NumberField()

        assert field.clean(field.prepare_value(Decimal(value))) == Decimal(value)


def test_yes_and_no_are_kept_as_numbers():
    field = MeasureField()

    assert [field.clean(word) for word in ("ja", "No", " YES ", "nein", "2")] == [1, 0, 1, 0, 2]
    field.is_yes_no = True
    assert (field.prepare_value(Decimal(1)), field.prepare_value(Decimal(0))) == ("ja", "nein")
