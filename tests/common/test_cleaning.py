import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from in4green.common.cleaning import (
    PlainCharField,
    PlainEmailField,
    PlainTextField,
    clean_line,
    clean_text,
)


class PersonForm(forms.Form):
    name = PlainCharField(max_length=12)
    email = PlainEmailField()
    message = PlainTextField(required=False, max_length=20)


def person(**data):
    return PersonForm({"name": "Ada", "email": "ada@example.org", **data})


@pytest.mark.parametrize(
    "name",
    [
        "Zażółć Gęślą",
        "Ελένη Παπαδάκη",
        "Dvořáková-Šťastná",
        "Đorđe Šćepanović",
        "O’Connor d'Arc",
        "Łukasz 👩‍🔧 🇲🇪",
        "Müller‑Lüdenscheidt",
        "نور الدين",
        "می‌خواهم",
        "José María Ñ.",
        "𝒜da 株式会社",
    ],
)
def test_names_of_the_network_and_of_the_world_stay_as_they_are(name):
    assert clean_line(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\r\nBcc: all@example.org", "Ada Bcc: all@example.org"),
        ("Ada\x00Lovelace", "AdaLovelace"),
        ("\u202eecalevoL\u202c", "ecalevoL"),
        ("Ada\x1b[31m\x7f\x9b", "Ada[31m"),
        ("Ada\u2028Lovelace\tKing", "Ada Lovelace King"),
        ("  Ada \u00a0 Lovelace ", "Ada Lovelace"),
        ("A\ud800da", "Ada"),
        ("e\u0301", "é"),
        ("\u200b\u2060 \u200d", ""),
    ],
)
def test_a_line_becomes_harmless(typed, kept):
    assert clean_line(typed) == kept


def test_a_text_keeps_its_lines_and_indentation():
    typed = "Guten Tag,\r\n\r\n  • ich möchte  mitmachen \x00\r\n\tgern abends.\r\n\r\n"
    assert clean_text(typed) == "Guten Tag,\n\n  • ich möchte  mitmachen\n\tgern abends."


@given(st.text(st.characters(), max_size=80))
def test_cleaning_ends_with_text_that_every_part_can_keep(text):
    for clean in (clean_line, clean_text):
        once = clean(text)
        assert clean(once) == once
        assert not {"\x00", "\r", "\u202e", "\u2066"} & set(once)
        once.encode()
    assert "\n" not in clean_line(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40))
def test_no_letter_digit_or_sign_is_ever_lost(text):
    kept = unicodedata.normalize("NFC", text)
    assert clean_line(text) == clean_text(text) == kept


def test_length_is_measured_after_cleaning():
    form = person(name="Ada Lovelace\x00\u202e", message="a\r\n" * 10)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Ada Lovelace"
    assert person(name="Ada Lovelace!").errors.keys() == {"name"}
    assert person(name="A" * 10_000_000).errors.keys() == {"name"}


def test_an_invisible_name_is_a_missing_name():
    assert person(name="\u200b\u200b").errors["name"].data[0].code == "required"


@pytest.mark.parametrize(
    "address",
    ["ada@example.org\r\nBcc: x@example.org", "ada@example.org, b@example.org", "a\x00 b@c.de"],
)
def test_an_address_can_not_carry_a_header_or_a_second_address(address):
    assert person(email=address).errors.keys() == {"email"}


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u200e", "\x00", " "])
def test_an_address_with_something_invisible_around_it_is_understood(hidden):
    form = person(email=f"{hidden}ada@example.org{hidden}")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == "ada@example.org"


def test_an_empty_optional_text_stays_empty():
    form = PersonForm({"name": "Ada", "email": "ada@example.org"})
    assert form.is_valid()
    assert form.cleaned_data["message"] == ""
