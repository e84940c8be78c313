"""What is asked about a file: which one, and what its pictures show."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import PlainCharField
from in4green.livetext.importing.queue import ENDINGS


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("Word (.docx) or OpenDocument text (.odt), up to 15 MB, without macros."),
        error_messages={"required": _("Please choose a file.")},
    )


class WordsForm(forms.Form):
    """For each picture without words: what it shows, unless it is to be left out."""

    def __init__(self, *args: Any, pictures: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.pictures = list(pictures)
        for number in range(len(self.pictures)):
            self.fields[f"words_{number}"] = PlainCharField(
                label=_("What does the picture show?"),
                help_text=_("Read out to people who don't see it."),
                max_length=1000,
                error_messages={
                    "required": _("Please say what the picture shows, or leave it out.")
                },
            )
            self.fields[f"without_{number}"] = forms.BooleanField(
                label=_("Leave this picture out"), required=False
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Address, words and the box to leave it out, for each picture."""
        return [
            (src, self[f"words_{number}"], self[f"without_{number}"])
            for number, src in enumerate(self.pictures)
        ]

    def clean(self) -> dict[str, Any]:
        """Of a picture that is left out nobody has to say anything."""
        for number in range(len(self.pictures)):
            if self.cleaned_data.get(f"without_{number}"):
                self.errors.pop(f"words_{number}", None)
        return self.cleaned_data

    @property
    def words(self) -> dict[str, str | None]:
        """By address; None for a picture that is to be left out."""
        given = self.cleaned_data
        return {
            src: None if given[f"without_{number}"] else given.get(f"words_{number}", "")
            for number, src in enumerate(self.pictures)
        }
