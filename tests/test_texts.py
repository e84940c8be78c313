"""The German catalogue: formal, whole, and free of what nobody says any more."""

import gettext
import re
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from django.conf import settings
from django.contrib import admin, auth

from in4green.common.package_texts import TEXTS

GERMAN = Path("locale/de/LC_MESSAGES/django.mo")
PACKAGES = [Path(package.__file__ or "").parent for package in (allauth, auth, admin)]
CATALOGUES = [Path(django.__file__ or "").parent / "conf" / GERMAN] + [
    package / GERMAN for package in PACKAGES
]
MARKUP = re.compile(r"</?[a-z][^>]*>|%\([a-z_]+\)[sd]|\{[a-z]+\}")
FAMILIAR = re.compile(r"\b(du|dich|dir|dein\w*|gib|wähle|klicke|melde)\b", re.IGNORECASE)


def read(catalogue: Path) -> dict[Any, str]:
    """By source text; a plural form by its singular source and its number."""
    with catalogue.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


@pytest.fixture(scope="module")
def german() -> dict[Any, str]:
    return {source: text for source, text in read(settings.BASE_DIR / GERMAN).items() if source}


def test_nobody_is_addressed_as_du(german):
    assert [text for text in german.values() if FAMILIAR.search(text)] == []


def test_german_has_the_markup_and_the_values_of_its_source(german):
    singles = {source: text for source, text in german.items() if isinstance(source, str)}

    differing = [
        text
        for source, text in singles.items()
        if sorted(MARKUP.findall(source)) != sorted(MARKUP.findall(text))
    ]

    assert differing == []


def test_quotation_marks_are_german(german):
    assert [text for text in german.values() if "“" in text and "„" not in text] == []


@pytest.mark.parametrize("text", TEXTS)
def test_what_we_say_for_a_package_is_something_it_says(text):
    assert any(text in read(catalogue) for catalogue in CATALOGUES)
