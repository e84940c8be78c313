"""What may be typed about the people of a meeting, by coordination and by themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.models import City, Membership
from in4green.common.cleaning import PlainCharField, PlainEmailField, PlainTextField
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings import naming
from meetings.models import Meeting, Participation

MOST_WORDS = 100


def person_field(field: Any, **options: Any) -> Any:
    if field.name == "email":
        options["form_class"] = PlainEmailField
    return plain_field(field, **options)


class PersonForm(VersionedForm):
    """Of somebody with an account, name and address are those of the account."""

    OF_ACCOUNT = ("name", "email", "language")

    class Meta:
        model = Participation
        fields = [
            "name", "email", "language", "organisation", "organisation_kind", "role", "city",
            "is_guest", "answer",
        ]  # fmt: skip
        formfield_callback = person_field
        help_texts = {
            "email": _("Only for mails about this meeting."),
            "city": _("The city whose delegation this person belongs to."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].widget.attrs["list"] = "organisations"
        if self.instance.user_id:
            for name in self.OF_ACCOUNT:
                del self.fields[name]
                self.stored.pop(name)

    def clean_email(self) -> str:
        """Constraints that name the meeting are not asked by a form that doesn't show it."""
        email: str = self.cleaned_data["email"]
        if not email:
            return email
        meeting = self.instance.meeting
        members = Membership.objects.current().filter(group=meeting.group_id)
        if member := members.filter(user__email__iexact=email).select_related("user").first():
            raise ValidationError(
                _("This is the address of %(name)s, a member of the group. Please choose the name"
                  " among the members.") % {"name": member.user},
                code="member",
            )  # fmt: skip
        others = meeting.participations.exclude(pk=self.instance.pk)
        if other := others.filter(email__iexact=email).first():
            raise ValidationError(
                _("%(name)s is on the list with this address already.") % {"name": other},
                code="there",
            )
        return email


class MembersForm(forms.Form):
    """Which members of the group come onto the list."""

    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=_("Members of the group"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one person.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["members"]
        field.queryset = members_to_add(meeting)
        field.label_from_instance = _name_and_organisation


def members_to_add(meeting: Meeting) -> Any:
    there = meeting.participations.exclude(user=None).values("user")
    members = Membership.objects.current().reachable().filter(group=meeting.group_id)
    members = members.exclude(user__in=there).select_related("organisation", "group")
    return members.order_by("user__name", "pk")


def _name_and_organisation(membership: Membership) -> str:
    return " · ".join(map(str, filter(None, [membership.user, membership.organisation])))


class FindPeopleForm(forms.Form):
    """What it does not know is left out: an old link shows everybody, not an error."""

    q = PlainCharField(
        label=_("Name or organisation"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.TextInput({"type": "search"}),
    )
    city = forms.ModelChoiceField(
        City.objects.order_by("name"), label=_("City"), required=False, empty_label=_("All cities")
    )
    answer = forms.ChoiceField(
        label=pgettext_lazy("whether somebody comes", "Answer"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        answers = [("", _("All answers")), *Participation.Answer.choices]
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]
        self.full_clean()

    def narrow(self, people: Any) -> Any:
        found = self.cleaned_data
        people = people.found_by(found.get("q", ""))
        for name in ("city", "answer"):
            if found.get(name):
                people = people.filter(**{name: found[name]})
        return people

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())


class NeedsForm(forms.Form):
    """In a form of its own: it is seen by few and kept for days."""

    diet = PlainTextField(
        label=_("Food: what you don't eat"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    access = PlainTextField(
        label=_("What you need to take part: step-free ways, sign language, large print …"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class NamingForm(forms.Form):
    agrees = forms.BooleanField(label=naming.TEXT, required=False)
