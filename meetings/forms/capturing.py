"""What is jotted down at the place, with one hand: few words, the rest follows at a desk."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.forms import plain_field
from meetings.models import Meeting, Practice, SiteVisit


class CaptureForm(forms.ModelForm):
    visit = forms.ModelChoiceField(
        label=_("Seen at"),
        queryset=SiteVisit.objects.none(),
        required=False,
        empty_label=_("not at one of the visits"),
    )
    capture_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Practice
        fields = ["title", "city", "organisation", "problem", "solution", "notes"]
        formfield_callback = plain_field
        labels = {
            "title": _("What is it?"),
            "organisation": _("Whose is it?"),
            "problem": _("Which problem does it solve?"),
            "solution": _("How do they do it?"),
        }
        help_texts = {
            "organisation": _("The company, the office, the association."),
            "notes": _("Names, figures, what to ask later. Only your group sees them."),
        }

    field_order = ["title", "visit", "city", "organisation", "problem", "solution", "notes"]

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        self.use_required_attribute = False
        self.initial.setdefault("city", meeting.host_id or meeting.group.city_id)
        visits: Any = self.fields["visit"]
        visits.queryset = meeting.visits.all()
        if not visits.queryset:
            del self.fields["visit"]

    @property
    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
