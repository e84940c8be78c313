"""Why a section changes its state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import PlainTextField


class ReasonForm(forms.Form):
    reason = PlainTextField(
        label=_("Why, or what to look at"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody in the group can read it in the history of the section."),
    )

    def __init__(self, *args: Any, is_needed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_needed:
            self.fields["reason"].label = _("Why?")
            self.fields["reason"].required = True
        self.use_required_attribute = False
