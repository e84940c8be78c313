"""What may be typed when a review is asked for, and what is said in it."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.models import Plan, Review, Statement
from actionplan.outline import Place
from groups.models import City
from groups.writing import members_of
from in4green.common.cleaning import PlainCharField, PlainTextField
from meetings.forms.guests import LONGEST


class AheadField(forms.DateField):
    """A day from today up to a year ahead."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and not today <= value <= today + LONGEST:
            raise ValidationError(gettext("Please choose a day from today up to a year ahead."))


class Many(forms.ModelMultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        options |= {"required": False, "widget": forms.CheckboxSelectMultiple, "queryset": None}
        super().__init__(**options)


class PeopleForm(forms.Form):
    """Who is asked; those who were asked before are not offered again."""

    use_required_attribute = False
    everybody = forms.BooleanField(label=_("All members of the group"), required=False)
    people = Many(label=_("Or some members"))
    cities = Many(
        label=_("People of other cities"),
        help_text=_("Each city gets a link by which it reads and comments, and sees nothing else."),
    )

    def __init__(self, *args: Any, plan: Plan, asked: Review | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        people = members_of(plan.group_id)
        cities = City.objects.exclude(pk=plan.group.city_id)
        if asked:
            people = people.exclude(pk__in=asked.requests.exclude(user=None).values("user"))
            cities = cities.exclude(pk__in=asked.peers.filter(revoked_at=None).values("city"))
        self._offer("people", people.order_by("name", "pk"))
        self._offer("cities", cities.order_by("name"))
        self.order_fields(["due_on", "words", "whole", "sections"])

    def _offer(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if not rows.exists():
            del self.fields[name]

    @property
    def asked(self) -> dict[str, Any]:
        """Of a valid form: as the service takes it."""
        found = self.cleaned_data
        everybody: Any = self.fields.get("people")
        people = found.get("people", ())
        if found["everybody"] and everybody is not None:
            people = everybody.queryset
        return {"people": list(people), "cities": list(found.get("cities", ()))}


class RequestForm(PeopleForm):
    due_on = AheadField(label=_("Answers until"))
    words = PlainTextField(
        label=_("What it is about"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Stands in the mail and above the sections."),
    )
    sections = forms.MultipleChoiceField(
        label=_("Only these sections, with what is part of them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If none is ticked, it is about the whole plan."),
    )

    def __init__(self, *args: Any, places: list[Place], **more: Any) -> None:
        self.by_number = {str(place.section.pk): place.section for place in places}
        super().__init__(*args, **more)
        field: Any = self.fields["sections"]
        field.choices = [
            (str(place.section.pk), f"{place.number} {place.section}") for place in places
        ]
        if not places:
            del self.fields["sections"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not any(found.get(name) for name in ("everybody", "people", "cities")):
            raise ValidationError(gettext("Please say who is asked: members, or cities."))
        return found

    @property
    def asked(self) -> dict[str, Any]:
        found = self.cleaned_data
        sections = [self.by_number[number] for number in found.get("sections", ())]
        return {
            **super().asked,
            "due_on": found["due_on"],
            "words": found["words"],
            "sections": sections,
        }


class MoreForm(PeopleForm):
    """Asks more people, or moves the day."""

    due_on = AheadField(label=_("Answers until"))

    @property
    def asked(self) -> dict[str, Any]:
        return {**super().asked, "due_on": self.cleaned_data["due_on"]}


class StatementForm(forms.ModelForm):
    """Of a member: on the plan as a whole, or on one of the sections under review."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    section = forms.ChoiceField(label=_("About"), required=False)
    reasons = PlainTextField(
        label=_("Reasons, or your remark"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Only agreement needs none."),
    )

    class Meta:
        model = Statement
        fields = ["position", "reasons"]
        widgets = {"position": forms.RadioSelect}

    def __init__(self, *args: Any, places: list[Place] = (), **more: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **more)
        self.use_required_attribute = False
        position: Any = self.fields["position"]
        position.choices = Statement.Position.choices
        self.by_number = {str(place.section.pk): place.section for place in places}
        section: Any = self.fields["section"]
        section.choices = [
            ("", gettext("the plan as a whole")),
            *((number, str(found)) for number, found in self.by_number.items()),
        ]
        self.order_fields(["name", "section", "position", "reasons"])
        if self.instance.pk:
            del self.fields["token"], self.fields["section"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        agrees = found.get("position") in ("", None, Statement.Position.FOR)
        if not agrees and not found.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", gettext("Please say why."))
        return found

    def _get_validation_exclusions(self) -> set[str]:
        """What the form itself asks for is said beside the field, not above the page."""
        return super()._get_validation_exclusions() | {"reasons"}  # type: ignore[misc]

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form: as the service takes it."""
        found = self.cleaned_data
        said = {"position": found["position"], "reasons": found["reasons"]}
        if self.instance.pk:
            return said
        return {
            **said,
            "token": found["token"],
            "section": self.by_number.get(found["section"]),
            **({"name": found["name"]} if "name" in found else {}),
        }


class PeerStatementForm(StatementForm):
    """Of somebody without an account, who says who speaks."""

    name = PlainCharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("The group reads it beside what you say, with the name of your city."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.instance.pk:
            del self.fields["name"]


class ReplyForm(forms.ModelForm):
    reply = PlainTextField(
        label=_("What coordination answers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Where it is not taken over, please say why."),
    )

    class Meta:
        model = Statement
        fields = ["verdict", "reply"]
        widgets = {"verdict": forms.RadioSelect}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.use_required_attribute = False
        verdict: Any = self.fields["verdict"]
        verdict.label, verdict.required = _("What becomes of it?"), True
        verdict.choices = Statement.Verdict.choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        whole = found.get("verdict") in ("", None, Statement.Verdict.TAKEN_OVER)
        if not whole and not found.get("reply") and "reply" not in self.errors:
            self.add_error("reply", gettext("Please say why it is not taken over."))
        return found

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"reply"}  # type: ignore[misc]
