"""The group votes on its plan: opened, voted, closed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actionplan import results
from actionplan.forms.approvals import OpenVoteForm, VoteForm
from actionplan.models import Approval, Plan, Vote
from actionplan.models.plan import in_language
from actionplan.services import voting
from actionplan.views.guarding import with_plan
from actionplan.views.reviews import act, with_row
from actionplan.views.statements import saved
from groups.accounts import signed_in
from groups.models import User
from in4green.livetext.models import LiveText


@with_plan("actionplan.change_plan")
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = OpenVoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        opened = saved(form, lambda: voting.open_vote(plan, by=signed_in(request), **typed))
        if opened:
            messages.success(request, _("The vote is open, and everybody who votes gets a mail."))
            return redirect(opened)
    context = {"form": form, "plan": plan, "entitled": voting.entitled(plan.group_id).count()}
    return render(request, "reviews/new_vote.html", context)


@with_row(Approval, "actionplan.view_plan")
def approval(request: HttpRequest, approval: Approval) -> HttpResponse:
    user = signed_in(request)
    own = _own(approval, user)
    form = VoteForm(request.POST or None, instance=own) if own else None
    if request.method == "POST" and form and form.is_valid() and _vote(approval, form, user):
        messages.success(request, _("Your vote is counted. You can change it until the end."))
        return redirect(approval)
    votes = list(approval.votes.select_related("user"))
    count = voting.count(approval) if approval.is_open else results.count_of(approval)
    context = {
        "approval": approval,
        "plan": approval.plan,
        "form": form,
        "own": own,
        "votes": votes,
        "count": count,
        "result": "" if approval.is_open else results.in_words(count, approval.outcome),
        "states": _states(approval),
        "may_change": user.has_perm("actionplan.change_plan", approval),
    }
    return render(request, "reviews/vote.html", context)


def _own(approval: Approval, user: User) -> Vote | None:
    """As long as somebody can still vote."""
    if not approval.is_open or not voting.entitled(approval.group_id).filter(pk=user.pk).exists():
        return None
    return approval.votes.filter(user=user).first()


def _vote(approval: Approval, form: VoteForm, user: User) -> Any:
    return saved(form, lambda: voting.vote(approval, by=user, **form.cleaned_data))


def _states(approval: Approval) -> list[dict[str, Any]]:
    """What was voted on, each with whether the text has gone on since."""
    numbers = [state["text"] for state in approval.states]
    now = LiveText.objects.in_bulk(numbers)

    def has_changed(state: dict[str, Any]) -> bool:
        text = now.get(state["text"])
        return text is None or (text.epoch, text.head_seq) != (state["epoch"], state["seq"])

    names = dict(settings.LANGUAGES)
    return [
        {
            **one,
            "title": in_language(one["title"], one.get("title_en", "")),
            "has_changed": has_changed(one),
            "language_name": names.get(one["language"], ""),
        }
        for one in approval.states
    ]


@require_POST
@with_row(Approval, "actionplan.change_plan")
def close(request: HttpRequest, approval: Approval) -> HttpResponse:
    said = _("The vote is closed and counted.")
    act(request, lambda: voting.close(approval, by=signed_in(request)), said)
    return redirect(approval)
