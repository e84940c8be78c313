"""What coordination may type: decisions with their mail, and sign-ups by phone or on paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.forms.interest import DetailsForm
from groups.models import InterestSignup, Membership, WorkingGroup
from in4green.activity.services import Wording
from in4green.common.cleaning import PlainCharField, PlainEmailField, PlainTextField


class MailForm(forms.Form):
    """The mail as it will leave; both fields begin with the portal's own words."""

    subject = PlainCharField(label=_("Subject"), max_length=200)
    body = PlainTextField(
        label=_("Text"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("A button with the personal link follows below the text by itself."),
    )

    def wording(self) -> Wording:
        return Wording(self.cleaned_data["subject"], self.cleaned_data["body"])


class AcceptForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role in the group"),
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
    )


class AskForm(forms.Form):
    text = PlainTextField(
        label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DeclineForm(forms.Form):
    text = PlainTextField(
        label=_("The reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person reads it in the mail and on the status page."),
    )


class EnteredSignupForm(DetailsForm):
    """A sign-up that somebody made by phone or on paper."""

    group_choice = forms.ModelChoiceField(
        label=_("Working group"), queryset=WorkingGroup.objects.none()
    )
    email = PlainEmailField(label=_("E-mail"))
    source = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=[
            (source.value, source.label)
            for source in InterestSignup.Source
            if source != InterestSignup.Source.WEB
        ],
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label=_("The person has agreed that the details are used to handle the sign-up."),
        help_text=_("On paper with a signature, or by phone after the text was read out."),
    )
    field_order = ("group_choice", "source", "name", "email")
    # The public form speaks to the person; here coordination reads.
    LABELS = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "kind": _("Sector"),
        "topics": _("Topics"),
        "message": _("Message"),
        "language": _("Language of our mails"),
    }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        groups = WorkingGroup.objects.visible_to(user)
        super().__init__(*args, group=groups[0], **kwargs)
        for name, label in self.LABELS.items():
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.error_messages["required"] = forms.Field.default_error_messages["required"]
        self.fields["group_choice"].queryset = groups  # type: ignore[attr-defined]
        self.fields["group_choice"].initial = groups[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        group, email = cleaned.get("group_choice"), cleaned.get("email")
        same = InterestSignup.objects.of_person(email or "").filter(group=group)
        if group and same.open().exists():
            raise ValidationError(
                _("Somebody with this address is already signed up: see the queue."), code="known"
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "consent"}
        return {"group": values.pop("group_choice"), **values}
