"""What may be typed into a proposal, and about one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import PlainTextField
from in4green.livetext.forms import LinesForm
from in4green.livetext.proposals.deciding import Choice
from in4green.livetext.proposals.reviewing import Open, Verdict

_BULK = {"accept": Verdict.ACCEPTED, "decline": Verdict.DECLINED}
_CHOICES = {str(verdict) for verdict in (Verdict.ACCEPTED, Verdict.ANEW, Verdict.DECLINED)}


class ProposalForm(LinesForm):
    """``base`` is the state of the text, or when the draft was saved last."""

    note = PlainTextField(
        label=_("Why you propose this"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever decides reads it beside your proposal."),
    )
    field_order = ["lines", "note", "base"]


class ReasonForm(forms.Form):
    reason = PlainTextField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever made the proposal reads it."),
    )


@dataclass(frozen=True)
class Question:
    """A change that waits, and what was chosen for it before the page had to be shown again."""

    open: Open
    chosen: str = ""


def read_choices(data: QueryDict) -> dict[int, Choice]:
    """``shown`` names each change and its key, ``change-<n>`` says what was chosen for it.

    ``rest`` decides about those for which nothing was chosen.
    """
    bulk = _BULK.get(data.get("rest", ""))
    found: dict[int, Choice] = {}
    for shown in data.getlist("shown"):
        number, _colon, key = shown.partition(":")
        chosen = data.get(f"change-{number}", "")
        if not (number.isdecimal() and len(number) < 9):
            continue
        if chosen in _CHOICES:
            found[int(number)] = Choice(chosen, key)
        elif bulk:
            found[int(number)] = Choice(bulk, key, in_bulk=True)
    return found


def questions(waiting: list[Open], choices: dict[int, Choice]) -> list[Question]:
    chosen: dict[int, Any] = {number: choice.verdict for number, choice in choices.items()}
    return [Question(each, chosen.get(each.row.number, "")) for each in waiting]
