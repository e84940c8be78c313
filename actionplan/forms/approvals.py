"""What may be typed about votes, decisions and how far a plan has come."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.forms.reviews import AheadField
from actionplan.models import Decision, Plan, Vote
from actionplan.services import standing
from in4green.common.cleaning import PlainTextField
from in4green.common.versioned.forms import VersionedForm, plain, plain_field


class OpenVoteForm(forms.Form):
    use_required_attribute = False
    closes_on = AheadField(
        label=_("Vote until"), help_text=_("At the end of this day the votes are counted.")
    )
    words = PlainTextField(
        label=_("What is voted on"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands in the mail and above the choice."),
    )


class VoteForm(forms.ModelForm):
    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    class Meta:
        model = Vote
        fields = ["choice", "reason"]
        widgets = {"choice": forms.RadioSelect}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.use_required_attribute = False
        choice: Any = self.fields["choice"]
        choice.required = True
        choice.choices = Vote.Choice.choices

    def _get_validation_exclusions(self) -> set[str]:
        """When it is voted the service says."""
        return super()._get_validation_exclusions() | {"voted_at", "choice"}  # type: ignore[misc]


class DecisionForm(VersionedForm):
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("The decision as a PDF, for example. At most 15 MB."),
    )

    class Meta:
        model = Decision
        fields = ["body", "decided_on", "reference", "outcome", "note"]
        formfield_callback = plain_field
        help_texts = {
            "body": _("Such as the council or one of its committees."),
            "reference": _("Of the paper, as the council’s information system has it."),
            "note": _("Only the group reads it."),
        }

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come."))
        return day

    def changes(self, name: str) -> bool:
        return bool(plain(self.cleaned_data.get(name)) != self.stored[name])


class CorrectionForm(DecisionForm):
    """Of a decision that was entered already."""

    reason = PlainTextField(
        label=_("Why is it corrected?"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )


class StatusForm(forms.Form):
    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    happened_on = forms.DateField(
        label=_("Since"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    note = PlainTextField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Where the plan goes back, please say why."),
    )

    def __init__(self, *args: Any, plan: Plan, **more: Any) -> None:
        super().__init__(*args, **more)
        self.plan = plan
        self.initial["seen"] = plan.status
        names = dict(Plan.Status.choices)
        back = gettext("back to: %(status)s")
        status: Any = self.fields["status"]
        status.choices = [
            (to, back % {"status": names[to]} if standing.is_back(plan.status, to) else names[to])
            for to in standing.possible(plan.status)
        ]

    def clean(self) -> dict[str, Any]:
        """Who was slower is told that, and not that the choice is none; then may choose anew."""
        found = super().clean() or self.cleaned_data
        if found.get("seen") != self.plan.status:
            self._errors = forms.utils.ErrorDict()
            self.add_error(None, standing.MEANWHILE)
            self.data = {**self.data.dict(), "seen": self.plan.status}  # type: ignore[attr-defined]
        return found
