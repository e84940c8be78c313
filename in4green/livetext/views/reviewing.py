"""A proposal is read, and decided by whoever may write the text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from in4green.livetext.archive import reading
from in4green.livetext.content import diff
from in4green.livetext.guarding import page_of, with_text
from in4green.livetext.models import LiveText, ProposedChange, TextProposal
from in4green.livetext.owners import Access, access
from in4green.livetext.proposals.deciding import Choice, Decided, decide
from in4green.livetext.proposals.forms import ReasonForm, questions, read_choices
from in4green.livetext.proposals.notifications import address_of
from in4green.livetext.proposals.reviewing import Review
from in4green.livetext.views.proposals import visible

SHOWN = 100  # changes of one page; more come when these are decided
State = TextProposal.State
Verdict = ProposedChange.Verdict


@require_safe
@with_text(Access.READ, inside=True)
def show(request: HttpRequest, text: LiveText, proposal: int) -> HttpResponse:
    return _page(request, text, _found(request, text, proposal), ReasonForm(), {})


def _found(request: HttpRequest, text: LiveText, pk: int) -> TextProposal:
    rows = visible(request, text).select_related("text", "author")
    found: TextProposal = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest,
    text: LiveText,
    proposal: TextProposal,
    form: ReasonForm,
    choices: dict[int, Choice],
) -> HttpResponse:
    granted = access(request.user, text)
    is_mine = proposal.author_id == request.user.pk
    context: dict[str, Any] = {
        **page_of(text),
        "proposal": proposal,
        "form": form,
        "is_mine": is_mine,
        "may_send": is_mine and granted >= Access.SUGGEST,
        "may_decide": proposal.state == State.SENT and granted >= Access.WRITE,
        **(_draft(proposal) if proposal.state == State.DRAFT else _review(text, proposal, choices)),
    }
    return render(request, "proposals/proposal.html", context)


def _draft(proposal: TextProposal) -> dict[str, Any]:
    return {"sections": diff.sections(diff.compare(proposal.base, proposal.content))}


def _review(text: LiveText, proposal: TextProposal, choices: dict[int, Choice]) -> dict[str, Any]:
    review = Review(proposal, reading.content(text))
    shown = review.open[:SHOWN] if proposal.state == State.SENT else []
    return {
        "questions": questions(shown, choices),
        "more": len(review.open) - len(shown) if shown else 0,
        "settled": list(review.settled())[:SHOWN],
    }


@require_POST
@with_text(Access.WRITE)
def answer(request: HttpRequest, text: LiveText, proposal: int) -> HttpResponse:
    """What can't be decided is shown again, with what was chosen and typed."""
    found = _found(request, text, proposal)
    form, choices = ReasonForm(request.POST), read_choices(request.POST)
    if not form.is_valid():
        return _page(request, text, found, form, choices)
    try:
        decided = decide(found, choices, by=request.user, reason=form.cleaned_data["reason"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _again(request, text, proposal, form, choices)
    _tell(request, decided)
    if decided.chosen:
        return redirect(address_of(found))
    return _again(request, text, proposal, form, choices)


def _again(
    request: HttpRequest,
    text: LiveText,
    proposal: int,
    form: ReasonForm,
    choices: dict[int, Choice],
) -> HttpResponse:
    text.refresh_from_db()
    return _page(request, text, _found(request, text, proposal), form, choices)


ACCEPTED = ngettext_lazy("%(n)d change accepted.", "%(n)d changes accepted.", "n")
DECLINED = ngettext_lazy("%(n)d change declined.", "%(n)d changes declined.", "n")
LATE = ngettext_lazy(
    "%(n)d change had been decided already; that stands.",
    "%(n)d changes had been decided already; that stands.",
    "n",
)
STALE = ngettext_lazy(
    "For %(n)d change the text has changed since you opened the page. It is shown anew: please look"
    " at it once more.",
    "For %(n)d changes the text has changed since you opened the page. They are shown anew: please"
    " look at them once more.",
    "n",
)
LEFT = ngettext_lazy(
    "%(n)d change would lose words and needs a decision of its own.",
    "%(n)d changes would lose words and need a decision of their own.",
    "n",
)


def _tell(request: HttpRequest, decided: Decided) -> None:
    said = [
        (messages.SUCCESS, ACCEPTED, len(decided.of(Verdict.ACCEPTED, Verdict.ANEW))),
        (messages.SUCCESS, DECLINED, len(decided.of(Verdict.DECLINED))),
        (messages.WARNING, LATE, len(decided.late)),
        (messages.WARNING, STALE, len(decided.stale)),
        (messages.WARNING, LEFT, len(decided.left)),
    ]
    for level, words, number in said:
        if number:
            messages.add_message(request, level, words % {"n": number})
    if not any(number for _level, _words, number in said):
        messages.info(request, _("Please choose first what is to happen with a change."))
