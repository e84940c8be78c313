"""Where each part of a document goes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from actionplan.importing.parts import Part
from actionplan.models import Section
from actionplan.outline import Place
from actionplan.services.importing_plan import LEFT_OUT, NEW


class PartsForm(forms.Form):
    """``matches``: what each part resembles; ``open_places``: whose text may be written."""

    def __init__(
        self,
        *args: Any,
        parts: Sequence[Part],
        matches: Sequence[Section | None],
        open_places: Sequence[Place],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.parts = parts
        there = [(str(place.section.pk), _into(place)) for place in open_places]
        keys = {key for key, _label in there}
        for number, (part, match) in enumerate(zip(parts, matches, strict=True)):
            matched = str(match.pk) if match and str(match.pk) in keys else ""
            self.fields[f"to_{number}"] = forms.ChoiceField(
                label=_("Where does “%(title)s” go?") % {"title": named(part)},
                choices=_choices(part, there),
                initial=_first(part, matched, parts[number + 1 :]),
                required=False,
                error_messages={
                    "invalid_choice": _("This section is no longer open. Please choose again.")
                },
            )

    def rows(self) -> list[tuple[Part, str, Any]]:
        """Part, what it is called and the field that says where it goes."""
        return [(part, named(part), self[f"to_{number}"]) for number, part in enumerate(self.parts)]

    @property
    def goals(self) -> list[str]:
        return [self.cleaned_data[f"to_{number}"] for number in range(len(self.parts))]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.goals):
            raise forms.ValidationError(_("Please choose at least one part."), code="none")
        return self.cleaned_data


def named(part: Part) -> str:
    return part.title or _("Before the first heading")


def _into(place: Place) -> str:
    return _("append to %(section)s") % {"section": f"{place.number} {place.section}"}


def _choices(part: Part, there: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left_out = (LEFT_OUT, _("leave out"))
    return [left_out] if part.is_too_long else [left_out, (NEW, _("as a new section")), *there]


def _first(part: Part, matched: str, after: Sequence[Part]) -> str:
    """A heading with nothing below it is the title of the document, or a mistake."""
    has_parts = bool(after) and after[0].depth > part.depth
    if part.is_too_long or not (part.words or has_parts or part.paragraphs):
        return LEFT_OUT
    return matched or NEW
