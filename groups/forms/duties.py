"""What may be typed to report a barrier."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.formguard import GuardedForm
from groups.models import BarrierReport
from in4green.common.cleaning import PlainCharField, PlainEmailField, PlainTextField


class BarrierForm(GuardedForm):
    """Only the description is needed: nobody has to say who he or she is."""

    counted = BarrierReport
    limits = "BARRIER"

    page = PlainCharField(
        label=_("On which page?"),
        max_length=500,
        required=False,
        help_text=_("The address of the page, or what you wanted to do there."),
    )
    description = PlainTextField(
        label=_("What does not work?"),
        max_length=4000,
        error_messages={"required": _("Please describe what does not work.")},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "If you like, also tell us which device, browser or assistive technology you use. At"
            " most 4,000 characters."
        ),
    )
    name = PlainCharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = PlainEmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only with an address can we answer you."),
    )

    def values(self) -> dict[str, Any]:
        """What the service takes; the guards stay here."""
        return {name: self.cleaned_data[name] for name in ("page", "description", "name", "email")}
