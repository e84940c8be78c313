"""What may be typed about a challenge and its answers, and which ones somebody looks for."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import City, Topic
from in4green.common.cleaning import PlainTextField
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.forms.choosing import ChoosesPractices
from meetings.forms.narrowing import NarrowingForm
from meetings.models import Challenge, Language


class ChallengeForm(VersionedForm):
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Challenge
        fields = ["title", "city", "problem", "tried", "question", "topics", "written_in"]
        formfield_callback = plain_field
        help_texts = {
            "title": _("Such that another city knows at once whether it can help."),
            "tried": _("So that nobody proposes it once more."),
        }


class LinkForm(ChoosesPractices, VersionedForm):
    """The practices that coordination links to a challenge."""

    class Meta:
        model = Challenge
        fields = ["practices"]

    def __init__(self, *args: Any, practices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(practices)


class AnswerForm(ChoosesPractices):
    """``city``: whose answer it is, where that can't be chosen."""

    city = forms.ModelChoiceField(
        label=_("City that answers"), queryset=City.objects.order_by("name"), empty_label=None
    )
    text = PlainTextField(
        label=_("Your answer"), max_length=4000, widget=forms.Textarea({"rows": 8})
    )
    written_in = forms.ChoiceField(label=_("Language of the text"), choices=Language)
    # What is sent twice is there once.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ["city", "text", "written_in"]

    def __init__(self, *args: Any, practices: Any, city: City | None = None, **options: Any):
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.initial.setdefault("token", uuid.uuid4())
        self.own_city = city
        if city:
            del self.fields["city"]
        self.offer(practices)

    def leave_unchecked(self) -> None:
        """Shows what was typed without judging it yet."""
        self._errors = forms.utils.ErrorDict()

    @property
    def answer(self) -> dict[str, Any]:
        """What ``answer_challenge`` takes."""
        names = ("text", "written_in", "practices", "token")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"city": self.own_city or self.cleaned_data["city"]}


class FindChallengeForm(NarrowingForm):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open and closed")), ("open", _("Open")), ("closed", _("Closed"))],
    )
    field_order = ["state"]

    def narrow(self, challenges: Any) -> Any:
        found = self.cleaned_data
        if found.get("state"):
            challenges = challenges.filter(closed_at__isnull=found["state"] == "open")
        if found.get("topic"):
            challenges = challenges.filter(topics__slug=found["topic"])
        if found.get("city"):
            challenges = challenges.filter(city__slug=found["city"])
        return challenges.open_first()
