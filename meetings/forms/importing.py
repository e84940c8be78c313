"""A list of people, pasted from a spreadsheet or a mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import clean_lines
from meetings.pasting import Pasted, Unreadable, read_people


class PasteForm(forms.Form):
    """What was pasted stays in the field as it was, whatever is wrong with it."""

    text = forms.CharField(
        label=_("The list"),
        strip=False,
        help_text=_(
            "One person in each line. First the headings, if you like: name, e-mail, organisation,"
            " city, role, kind of organisation, guest. Columns may be separated by tabs,"
            " semicolons or commas."
        ),
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "class": "pasted"}),
        error_messages={
            "required": _("There is nothing to read yet: please paste at least one line.")
        },
    )
    pasted: Pasted

    def clean_text(self) -> str:
        text = clean_lines(self.cleaned_data["text"])
        try:
            self.pasted = read_people(text)
        except Unreadable as error:
            raise ValidationError(error.args[0], code="unreadable") from error
        return text

    def refill(self, text: str) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["text"] = text
        self.data = data
