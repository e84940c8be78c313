"""What may be typed about a plan as a whole."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from actionplan.models import Plan
from groups.models import WorkingGroup
from in4green.common.cleaning import PlainCharField
from in4green.common.versioned.forms import VersionedForm, plain_field


class BeginForm(forms.Form):
    title = PlainCharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As it will stand on the cover. It can be changed at any time."),
    )
    language = forms.ChoiceField(
        label=_("Language of the original"),
        choices=settings.LANGUAGES,
        help_text=_("Beside it there is room for an English translation."),
    )
    group = forms.ModelChoiceField(
        label=_("Working group"), queryset=WorkingGroup.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, groups: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["language"].initial = groups[0].language
        if len(groups) == 1:
            self.fields["group"].initial = groups[0].pk
            self.fields["group"].widget = forms.HiddenInput()


class PlanForm(VersionedForm):
    class Meta:
        model = Plan
        fields = ["title", "title_en", "quorum", "majority", "takes_comments"]
        formfield_callback = plain_field
