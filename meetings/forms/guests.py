"""What guests may type, and what coordination says about their links."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import PlainEmailField, PlainTextField
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.forms.entering import MeetingForm
from meetings.forms.practices import PracticeForm
from meetings.models import GuestLink, Meeting

USUAL = timedelta(days=30)
LONGEST = timedelta(days=366)


class GuestPracticeForm(PracticeForm):
    """Of the city of the link; what the group keeps to itself is not on it."""

    visits = None  # type: ignore[assignment]  # takes the field away

    class Meta(PracticeForm.Meta):
        fields = [
            name for name in PracticeForm.Meta.fields if name not in ("city", "visits", "notes")
        ]
        help_texts = {
            **PracticeForm.Meta.help_texts,
            "contact_name": _(
                "Only the group that has invited you sees it, unless the person agrees below."
            ),
        }


class GuestMeetingForm(VersionedForm):
    """At the city of the link; whether it is announced and where to join is not the guest's."""

    languages = MeetingForm.declared_fields["languages"]

    class Meta:
        model = Meeting
        fields = [
            "title", "kind", "ordinal", "begins_on", "ends_on", "precision", "time_zone", "place",
            "languages", "written_in", "objective",
        ]  # fmt: skip
        formfield_callback = plain_field
        help_texts = MeetingForm.Meta.help_texts

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)


def next_month() -> Any:
    return timezone.localdate() + USUAL


class UntilField(forms.DateField):
    """A day that is still to come; as a moment: its end."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and not today <= value <= today + LONGEST:
            raise ValidationError(_("Please choose a day from today up to a year ahead."))

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class GuestLinkForm(forms.ModelForm):
    until = UntilField(label=_("Valid until"), initial=next_month)

    class Meta:
        model = GuestLink
        fields = ["group", "city", "language"]
        help_texts = {"language": _("Of the pages and of our mails.")}

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        group: Any = self.fields["group"]
        group.queryset = groups
        if len(groups) == 1:
            group.initial = groups[0].pk
            group.widget = forms.HiddenInput()


class RenewForm(forms.Form):
    until = UntilField(label=_("Valid until"), initial=next_month)


class SendForm(forms.Form):
    """The mail goes to whoever speaks for the city; the address is not kept with the link."""

    address = PlainEmailField(label=_("E-mail address"))
    words = PlainTextField(
        label=_("Your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They stand before the link, for example what is still missing."),
    )
