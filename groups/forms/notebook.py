"""What may be typed about a note; its text is written elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import WorkingGroup
from in4green.common.cleaning import PlainCharField


class TitleForm(forms.Form):
    title = PlainCharField(
        label=_("Title"),
        max_length=120,
        help_text=_("What the note is about, for example “Ideas for the action plan”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class BeginForm(TitleForm):
    """With the group, where somebody writes in several."""

    group = forms.ModelChoiceField(
        label=_("Working group"), queryset=WorkingGroup.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        if len(groups) == 1:
            self.fields["group"].initial = groups[0].pk
            self.fields["group"].widget = forms.HiddenInput()
