"""For which period attendance is counted, and by what."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.totals import Period


class TotalsForm(forms.Form):
    first = forms.DateField(
        label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Up to and including"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    by = forms.ChoiceField(
        label=_("Counted by"),
        choices=[
            ("organisation", _("Organisation")),
            ("city", _("City")),
            ("kind", _("Kind of organisation")),
        ],
        required=False,
    )

    def __init__(self, sent: Any) -> None:
        """Without an answer yet, this year by organisation."""
        today = timezone.localdate()
        start = {"first": date(today.year, 1, 1), "last": today, "by": "organisation"}
        super().__init__(sent if "first" in sent else start)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if {"first", "last"} <= found.keys() and found["first"] > found["last"]:
            self.add_error("last", _("The period ends before it begins."))
        return found

    @property
    def period(self) -> Period:
        found = self.cleaned_data
        return Period(found["first"], found["last"], found["by"] or "organisation")
