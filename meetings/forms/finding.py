"""Which meetings of the list: by year and kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class FindForm(forms.Form):
    """What it does not know is left out: an old link shows the whole list, not an error."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        all_years = [("", _("All years")), *((year, year) for year in years)]
        self.fields["year"].choices = all_years  # type: ignore[attr-defined]
        kinds = [("", _("All kinds")), *Meeting.Kind.choices]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.full_clean()

    def narrow(self, meetings: Any) -> Any:
        found = self.cleaned_data
        if found.get("year"):
            meetings = meetings.filter(begins_on__year=found["year"])
        if found.get("kind"):
            meetings = meetings.filter(kind=found["kind"])
        return meetings

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())
