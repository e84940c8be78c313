"""What may be typed about a meeting, its sessions and its visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import WorkingGroup
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.models import Language, Meeting, Session, SiteVisit


class MeetingForm(VersionedForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Meeting
        fields = [
            "group", "title", "kind", "ordinal", "host", "begins_on", "ends_on", "precision",
            "time_zone", "place", "online_link", "languages", "written_in", "objective", "status",
            "is_public",
        ]  # fmt: skip
        formfield_callback = plain_field
        help_texts = {
            "online_link": _("Only members of the group see it."),
            "time_zone": _("That of the place, such as Europe/Madrid."),
            "ordinal": _("As the network counts its meetings."),
        }

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._leave_cancelling_alone()
        group = self.fields["group"]
        group.queryset = groups  # type: ignore[attr-defined]
        if self.is_there:
            del self.fields["group"]
            self.stored.pop("group")
        elif len(groups) == 1:
            group.initial = groups[0].pk
            group.widget = forms.HiddenInput()

    def _leave_cancelling_alone(self) -> None:
        """It has a reason, and people hear of it: there is a page of its own for it."""
        if self.instance.is_cancelled:
            del self.fields["status"]
            self.stored.pop("status")
            return
        choices = [choice for choice in Meeting.Status.choices if choice[0] != "cancelled"]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]


class RowForm(VersionedForm):
    """One of many on the page of a meeting; left empty, it is nothing."""

    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_permitted = not self.is_there
        if not self.is_there:
            del self.fields["remove"]

    @property
    def is_blank(self) -> bool:
        return not self.is_there and not self.has_changed()

    @property
    def is_removed(self) -> bool:
        return self.is_there and bool(self.cleaned_data.get("remove"))


class SessionForm(RowForm):
    class Meta:
        model = Session
        fields = [
            "title", "kind", "day", "starts", "ends", "room", "track", "speakers", "urbact_tool",
            "notes", "outcomes",
        ]  # fmt: skip
        formfield_callback = plain_field

    def validate_constraints(self) -> None:
        """Rooms are compared over the whole page, where two sessions may change places."""
        exclude = self._get_validation_exclusions() | {"room"}  # type: ignore[attr-defined]
        try:
            self.instance.validate_constraints(exclude=exclude)
        except forms.ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class SiteVisitForm(RowForm):
    class Meta:
        model = SiteVisit
        fields = [
            "name", "other_name", "place", "organisation", "session", "day_number", "shows",
            "step_free", "distance", "duration", "equipment", "minimum_age", "group_size",
            "safety",
        ]  # fmt: skip
        formfield_callback = plain_field

    def __init__(self, *args: Any, sessions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    first_day = forms.DateField(
        label=_("First day of the new meeting"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class MoveForm(forms.Form):
    """The whole meeting, or what happens on one of its days."""

    what = forms.ChoiceField(label=_("What moves?"), required=False)
    to = forms.DateField(
        label=_("To which day?"),
        help_text=_("If the whole meeting moves, this is its new first day."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, days: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("The whole meeting")), *((day.isoformat(), day) for day in days)]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


def groups_of(user: Any) -> Any:
    """Those for which somebody may enter meetings."""
    return WorkingGroup.objects.visible_to(user).order_by("name")
