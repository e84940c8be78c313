"""What coordination may type around mails: why a meeting is cancelled, who is invited."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from in4green.common.cleaning import PlainCharField
from meetings.services.inviting import MEANWHILE, Who

WHO = {
    Who.NEW: _("Those who are not invited yet"),
    Who.OPEN: _("Those who were invited and have not answered yet"),
    Who.EVERYBODY: _("Everybody, also those who were invited before"),
}


class CancelForm(forms.Form):
    because = PlainCharField(
        label=_("The reason"),
        required=False,
        max_length=300,
        help_text=_("Everybody who can see the meeting reads it, in the mail and on the page."),
    )


class InviteForm(forms.Form):
    """``numbers``: how many mails each choice would send; ``last``: when the latest have left."""

    who = forms.ChoiceField(label=_("Who gets the invitation?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, numbers: dict[str, int], last: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.last = last
        some = [who for who in Who if numbers[who]]
        field: Any = self.fields["who"]
        field.choices = [(who.value, f"{WHO[who]} ({_people(numbers[who])})") for who in some]
        field.initial = some[0] if some else None

    def clean(self) -> dict[str, Any]:
        if self.data.get("seen", "") != self.last:
            self.errors.pop("who", None)  # there may be fewer choices now
            raise ValidationError(MEANWHILE, code="meanwhile")
        return self.cleaned_data


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
