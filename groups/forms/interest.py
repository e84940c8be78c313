"""What may be typed into the interest form, and later on the status page."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from groups.formguard import GuardedForm
from groups.models import InterestSignup, Organisation, WorkingGroup
from in4green.common.cleaning import PlainCharField, PlainEmailField, PlainTextField


class DetailsForm(forms.Form):
    """What can also be corrected later; the address can't, because it was confirmed."""

    name = PlainCharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Please tell us your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = PlainCharField(
        label=_("Organisation or company"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Which sector do you come from?"),
        choices=Organisation.Kind.choices,
        error_messages={"required": _("Please choose your sector.")},
        widget=forms.RadioSelect,
        help_text=_(
            "This helps us to bring different sides together. As a private person, choose “Other”."
        ),
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("Which topics interest you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    message = PlainTextField(
        label=_("What would you like to contribute?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few sentences are enough, at most 2,000 characters."),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write to you?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        # Whose topics they are is known by now: a ModelMultipleChoiceField would ask once more.
        topics = {str(topic.pk): topic for topic in group.topics.all()}
        self.fields["topics"].choices = topics.items()  # type: ignore[attr-defined]
        self.fields["topics"].coerce = topics.__getitem__  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()


class InterestForm(GuardedForm, DetailsForm):
    """The public form: two minutes, no account."""

    counted = InterestSignup
    limits = "INTEREST"

    email = PlainEmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a mail in which you confirm your sign-up with one click."),
        error_messages={"required": _("Please give us your e-mail address.")},
    )
    consent = forms.BooleanField(
        label=_("I agree that my details are used to handle my sign-up."),
        help_text=_(
            "You can withdraw your consent at any time on your status page. Without confirmation"
            " we delete the details after 14 days, after a refusal after six months."
        ),
        error_messages={"required": _("Without your consent we may not handle your sign-up.")},
    )
    field_order = (
        "name",
        "email",
        "organisation",
        "kind",
        "topics",
        "message",
        "language",
        "consent",
    )

    def values(self) -> dict[str, Any]:
        """What the service takes; the guards stay here."""
        guards = ("website", "stamp", "consent")
        return {name: value for name, value in self.cleaned_data.items() if name not in guards}


class AnswerForm(forms.Form):
    answer = PlainTextField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write an answer.")},
    )
