"""What may be typed about decisions and follow-ups."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Organisation, User
from groups.writing import members_of
from in4green.common.cleaning import PlainCharField
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.models import Decision, FollowUp, Meeting, Session


class DecisionForm(VersionedForm):
    class Meta:
        model = Decision
        fields = ["text", "decided_by", "decided_on"]
        formfield_callback = plain_field
        help_texts = {"decided_by": gettext_lazy("Such as “the group, unanimously”.")}

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_there and meeting.has_days and meeting.begins_on == meeting.ends_on:
            self.initial["decided_on"] = meeting.begins_on


class FollowUpForm(VersionedForm):
    class Meta:
        model = FollowUp
        fields = ["what", "member", "organisation", "who", "due"]
        formfield_callback = plain_field
        help_texts = {
            "who": gettext_lazy("Where it is neither a member nor one of the organisations.")
        }

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        now = {"pk": self.instance.member_id}
        people = User.objects.filter(Q(pk__in=members_of(meeting.group_id)) | Q(**now))
        firms = Organisation.objects.filter(
            Q(city=meeting.group.city_id) | Q(pk=self.instance.organisation_id)
        )
        self._choose("member", people.order_by("name", "pk"))
        self._choose("organisation", firms.order_by("name", "pk"))

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.empty_label = rows, _("nobody named")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        given = any(found.get(name) for name in ("member", "organisation", "who"))
        if not given and not {"member", "organisation", "who"} & self.errors.keys():
            self.add_error(
                "member", _("Please say who does it: a member, an organisation, or else.")
            )
        return found


class CloseForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[
            (FollowUp.State.DONE, gettext_lazy("It is done")),
            (FollowUp.State.DROPPED, gettext_lazy("It is dropped")),
        ],
        widget=forms.RadioSelect,
    )
    reason = PlainCharField(
        label=gettext_lazy("Remark"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Where it is dropped, please say why."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("state") == FollowUp.State.DROPPED and not found.get("reason"):
            self.add_error("reason", _("Please say why it is dropped."))
        return found


class BeginForm(forms.Form):
    """Minutes of the whole meeting, or of a part that has none yet."""

    session = forms.ModelChoiceField(
        label=gettext_lazy("Minutes of"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=gettext_lazy("the whole meeting"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["session"]
        field.queryset = meeting.sessions.filter(texts=None)
