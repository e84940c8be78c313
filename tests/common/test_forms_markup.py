"""What templates/django/forms/ makes of a form: labels, hints, errors, groups."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def english():
    with translation.override("en"):
        yield


class SampleForm(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on letters.")
    note = forms.CharField(label="A note", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Where from?",
        help_text="One of these.",
        choices=[("a", "Company"), ("b", "Union")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        choices=[("x", "Energy")],
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(label="I agree", help_text="You can withdraw it.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, data: dict | None = None) -> str:
    html = re.sub(r"\s+", " ", SampleForm(data)[name].as_field_group())
    return html.replace(" </", "</")


def test_the_label_belongs_to_the_field_and_the_hint_describes_it():
    html = field("name")

    assert '<label for="id_name">Your name</label>' in html
    assert '<div class="helptext" id="id_name_helptext">As on letters.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "optional" not in html


def test_what_may_be_left_out_says_so_in_words():
    assert '<span class="field__optional">(optional)</span>' in field("note")


def test_an_error_stands_at_the_field_and_is_read_with_it():
    html = field("name", {})

    assert 'class="field field--error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert (
        '<ul class="errorlist" id="id_name_error">'
        '<li><span class="visually-hidden">Error:</span> This field is required.</li></ul>'
    ) in html


def test_a_choice_is_a_group_with_a_legend():
    html = field("kind", {})

    assert '<fieldset aria-describedby="id_kind_helptext id_kind_error">' in html
    assert "<legend>Where from?</legend>" in html
    assert html.count('type="radio"') == 2


def test_a_group_of_check_boxes_may_be_left_out():
    html = field("topics", {})

    assert '<legend>Topics <span class="field__optional">(optional)</span></legend>' in html
    assert "aria-invalid" not in html


def test_a_single_check_box_has_its_words_behind_it():
    html = field("consent", {})

    assert re.search(r'<label for="id_consent"><input type="checkbox"[^>]*><span>I agree', html)
    assert 'aria-describedby="id_consent_helptext id_consent_error"' in html


def test_a_whole_form_shows_every_field_once():
    html = str(SampleForm())

    assert [name for name in SampleForm.base_fields if html.count(f'name="{name}"') == 0] == []
    assert html.count('name="token"') == 1
    assert html.count('class="field') - html.count("field__") == 5


def test_the_error_summary_leads_to_each_field():
    form = SampleForm({"name": "", "kind": ""})
    page = render_to_string("ui/error_summary.html", {"form": form}) + str(form)
    targets = re.findall(r'href="#([^"]+)"', page)

    assert targets == ["id_name", "id_kind_0", "id_consent"]
    assert all(f'id="{target}"' in page for target in targets)


def test_the_error_summary_takes_the_focus():
    html = render_to_string("ui/error_summary.html", {"form": SampleForm({})})

    assert re.search(r'tabindex="-1"\s+autofocus', html)


def test_errors_of_the_form_as_such_stand_in_the_summary():
    form = SampleForm({})
    form.add_error(None, "The link is old.")

    assert "The link is old." in render_to_string("ui/error_summary.html", {"form": form})


def test_without_errors_there_is_no_summary():
    assert not render_to_string("ui/error_summary.html", {"form": SampleForm()}).strip()


@pytest.mark.parametrize(("data", "begins"), [({}, True), (None, False)])
def test_the_title_begins_with_error_when_there_is_one(data, begins):
    page = render_to_string("base.html", {"form": SampleForm(data)})

    assert ("<title>Error: " in page) is begins


def test_what_people_typed_is_never_markup():
    html = field("name", {"name": '"><script>alert(1)</script>'})

    assert "<script>" not in html
