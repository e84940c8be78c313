"""What coordination may type around mails: why a meeting is cancelled, who is invited."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from in4green.common.cleaning import PlainCharField


class CancelForm(forms.Form):
    because = PlainCharField(
        label=_("The reason"),
        required=False,
        max_length=300,
        help_text=_("Everybody who can see the meeting reads it, in the mail and on the page."),
    )


class InviteForm(forms.Form):
    """``new`` and ``everybody``: how many mails each choice would send."""

    who = forms.ChoiceField(
        label=_("Who gets the invitation?"), widget=forms.RadioSelect, initial="new"
    )

    def __init__(self, *args: Any, new: int, everybody: int, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = []
        if new:
            text = _("Those who are not invited yet")
            choices.append(("new", f"{text} ({_people(new)})"))
        if everybody > new:
            text = _("Everybody, also those who were invited before")
            choices.append(("everybody", f"{text} ({_people(everybody)})"))
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        if not new:
            self.fields["who"].initial = "everybody"


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
