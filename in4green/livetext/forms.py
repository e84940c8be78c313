"""What may be typed about a text."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import CleanedField, PlainCharField, PlainTextField, clean_lines
from in4green.livetext.discussion.anchors import Passage


class LinesField(CleanedField):
    """Lines as they stand: blanks and empty lines mean something."""

    widget = forms.Textarea
    clean_value = staticmethod(clean_lines)

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def validate(self, value: Any) -> None:
        """Nothing at all is a text, too."""


class LinesForm(forms.Form):
    """The whole text as lines, and the state that they were made of."""

    lines = LinesField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "lines", "spellcheck": "true"}),
    )
    base = forms.CharField(widget=forms.HiddenInput, max_length=40)


class VersionForm(forms.Form):
    label = PlainCharField(
        label=_("Name of this state"),
        max_length=120,
        help_text=_("For example “After the meeting in May”."),
    )


class CommentForm(forms.Form):
    """What somebody says; ``members`` are those who may be told."""

    body = PlainTextField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, members: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(member.pk): member for member in members}
        if self.members:
            self.fields["mention"] = self._choice()

    def _choice(self) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("Tell somebody by mail"),
            choices=[("", _("Nobody in particular")), *self.members.items()],
            required=False,
            help_text=_("You can also write @ and a full name in your comment."),
        )

    @property
    def mentions(self) -> list[Any]:
        chosen = self.members.get(self.cleaned_data.get("mention", ""))
        return [chosen] if chosen else []


class AnswerForm(CommentForm):
    """In a thread that somebody else may have begun."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].label = _("Your answer")


class PassageForm(CommentForm):
    """From the editor: the words that are selected there, as they stand, and what is around."""

    quote = LinesField(max_length=2000)
    # Declared fields leave the class: the form keeps its own attribute of this name.
    prefix = LinesField(max_length=2000, required=False)  # type: ignore[assignment]
    suffix = LinesField(max_length=2000, required=False)

    def passage(self) -> Passage:
        return Passage(*(self.cleaned_data[name] for name in ("quote", "prefix", "suffix")))


class BlockForm(CommentForm):
    """Without JavaScript a whole block is chosen, by its words and what stands around it."""

    block = forms.ChoiceField(
        label=_("What is your comment about?"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("This passage has changed meanwhile. Please choose again.")
        },
    )
    field_order = ["block", "body", "mention"]

    def __init__(self, *args: Any, passages: Iterable[Passage], **options: Any) -> None:
        super().__init__(*args, **options)
        self.passages = {_key(passage): passage for passage in passages}
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (key, Truncator(passage.quote).chars(300)) for key, passage in self.passages.items()
        ]

    def passage(self) -> Passage:
        return self.passages[self.cleaned_data["block"]]


def _key(passage: Passage) -> str:
    """The same as long as the passage and its neighbours are."""
    return hashlib.sha256(repr(passage).encode()).hexdigest()[:16]
