"""The quick way to draw widgets gives what Django's templates give."""

import datetime

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from in4green.common.renderer import DRAWN, FormRenderer

HOSTILE = """"'><script>alert(1)</script>&amp;"""
CHOICES = [("a", HOSTILE), ("b", mark_safe("<b>bold</b>")), (3, gettext_lazy("Name"))]
GROUPED = [("", "Choose"), ("Group <1>", [("a", "A"), ("b", "B")]), ("c", "C")]
WIDGETS = [
    (forms.TextInput, {}, HOSTILE),
    (forms.TextInput, {"maxlength": 5, "required": True, "disabled": False}, None),
    (forms.TextInput, {"data-x": mark_safe("a&amp;b"), "title": HOSTILE}, ""),
    (forms.EmailInput, {"autocomplete": "email"}, "a@example.org"),
    (forms.NumberInput, {"min": 0}, 5),
    (forms.PasswordInput, {}, "secret"),
    (forms.HiddenInput, {}, HOSTILE),
    (forms.DateInput, {}, datetime.date(2026, 11, 22)),
    (forms.CheckboxInput, {}, True),
    (forms.CheckboxInput, {"aria-invalid": "true"}, False),
    (forms.FileInput, {}, None),
    (forms.Textarea, {"rows": 5}, f"\nfirst line\n{HOSTILE}"),
    (forms.Textarea, {}, None),
]
CHOOSERS = [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple]


def both_ways(widget: forms.Widget, value) -> tuple[str, str]:
    attrs = {"id": 'id_"x'}
    return (
        widget.render("na<me", value, attrs, FormRenderer()),
        widget.render("na<me", value, attrs, TemplatesSetting()),
    )


@pytest.mark.parametrize(("kind", "attrs", "value"), WIDGETS)
def test_fields_are_drawn_as_by_django(kind, attrs, value):
    quick, slow = both_ways(kind(attrs), value)

    assert quick.strip() == slow.strip()


@pytest.mark.parametrize("kind", CHOOSERS)
@pytest.mark.parametrize("choices", [CHOICES, GROUPED, []], ids=["plain", "grouped", "none"])
@pytest.mark.parametrize("value", [None, "a", ["a", "3"]])
def test_choices_are_drawn_as_by_django(kind, choices, value):
    quick, slow = both_ways(kind({"class": "wide"}, choices), value)

    assert "".join(quick.split()) == "".join(slow.split())


def test_what_is_not_drawn_here_comes_from_the_templates():
    widget = forms.ClearableFileInput()

    assert widget.template_name not in DRAWN
    assert 'type="file"' in widget.render("paper", None, {}, FormRenderer())
