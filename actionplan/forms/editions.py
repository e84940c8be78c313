"""What may be typed to publish an edition, to comment on one, and to decide about comments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actionplan.models import Edition, EditionComment
from groups.formguard import GuardedForm
from in4green.common.cleaning import PlainCharField, PlainEmailField, PlainTextField
from in4green.common.versioned.forms import plain_field

State = EditionComment.State


class PublishForm(forms.ModelForm):
    """``after``: the number of the newest edition when the form was shown."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = ["title", "title_en", "note", "note_en"]
        formfield_callback = plain_field

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or []}


class CommentForm(GuardedForm):
    """Of somebody without an account."""

    counted = EditionComment
    limits = "ACTIONPLAN"

    name = PlainCharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("It is shown with your comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = PlainEmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_(
            "For our answer only: it is never shown, and deleted after six months. You may leave"
            " it out."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = PlainTextField(
        label=_("Your comment"),
        max_length=3000,
        help_text=_("At most 3,000 characters."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    consent = forms.BooleanField(
        label=_("I agree that my name and my comment are published on this page."),
        error_messages={"required": _("Without your consent the comment cannot be published.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False

    def values(self) -> dict[str, str]:
        """What the service takes; the guards stay here."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "text")}


class DecisionForm(forms.ModelForm):
    """The reason goes to who wrote it, the answer stands below the comment."""

    state = forms.ChoiceField(
        label=_("What happens with it?"),
        choices=[(State.PUBLISHED, _("Publish it")), (State.DECLINED, _("Do not publish it"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = EditionComment
        fields = ["answer", "reason"]
        formfield_callback = plain_field

    field_order = ["state", "answer", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.fields["answer"].help_text = _("Shown below the comment. You may leave it out.")
        self.fields["reason"].help_text = _("Only where it is not published.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == State.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", ValidationError(_("Please say why it is not published.")))
        return cleaned
