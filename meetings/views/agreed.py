"""Decisions and follow-ups: entered beside the minutes, changed, closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings.forms.agreed import CloseForm, DecisionForm, FollowUpForm
from meetings.models import Decision, FollowUp, Meeting
from meetings.services import agreed
from meetings.services.entering import lock
from meetings.views.reading import find_meeting

View = Callable[..., HttpResponse]


def with_meeting(view: View) -> View:
    """For whoever may write down what was agreed; the meeting is held while something is saved."""

    @login_required
    @wraps(view)
    @transaction.atomic
    def guarded(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
        meeting = find_meeting(request, slug)
        require_perm(request.user, "meetings.add_agreed", meeting)
        if request.method == "POST":
            lock(meeting)
        return view(request, meeting, pk) if pk else view(request, meeting)

    return guarded


@with_meeting
def new_decision(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _enter(request, meeting, DecisionForm, None)


@with_meeting
def decision(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    rows = meeting.decisions.select_related("changed_by")
    return _enter(request, meeting, DecisionForm, get_object_or_404(rows, pk=pk))


@with_meeting
def new_follow_up(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _enter(request, meeting, FollowUpForm, None)


@with_meeting
def follow_up(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    rows = meeting.followups.select_related("changed_by")
    return _enter(request, meeting, FollowUpForm, get_object_or_404(rows, pk=pk))


def _enter(
    request: HttpRequest, meeting: Meeting, form_class: Any, row: Decision | FollowUp | None
) -> HttpResponse:
    form = form_class(request.POST or None, instance=row, meeting=meeting)
    back = _page_before(request, meeting)
    if request.method == "POST" and form.is_valid():
        saved = agreed.save_agreed(form, meeting, by=signed_in(request))
        messages.success(request, _("“%(what)s” is saved.") % {"what": saved})
        return redirect(f"{back}#{saved.anchor}")
    context = {
        "form": form,
        "meeting": meeting,
        "row": row,
        "back": back,
        "text": request.POST.get("text", ""),
        "is_decision": form_class is DecisionForm,
    }
    return render(request, "meetings/agreed/enter.html", context)


def _page_before(request: HttpRequest, meeting: Meeting) -> str:
    """The minutes beside which it was entered, or the meeting."""
    number = request.POST.get("text", "")
    named = meeting.texts.filter(pk=number) if number.isdecimal() and len(number) < 18 else None
    found = named.select_related("meeting").first() if named is not None else None
    return (found or meeting).get_absolute_url()


def with_follow_up(view: View) -> View:
    """Of this meeting, or on its agenda. Unseen is 404, seen but not allowed is 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        meeting = find_meeting(request, slug)
        require_perm(request.user, "meetings.view_inside", meeting)
        left = FollowUp.objects.on_agenda_of(meeting) | FollowUp.objects.filter(meeting=meeting)
        row = get_object_or_404(left.select_related("meeting", "member", "organisation"), pk=pk)
        require_perm(request.user, "meetings.close_followup", row)
        return view(request, meeting, row)

    return guarded


@with_follow_up
def close(request: HttpRequest, meeting: Meeting, row: FollowUp) -> HttpResponse:
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _act(request, meeting, row, agreed.close_follow_up, at=meeting, **form.cleaned_data)
    context = {"form": form, "meeting": meeting, "row": row}
    return render(request, "meetings/agreed/close.html", context)


@require_POST
@with_follow_up
def reopen(request: HttpRequest, meeting: Meeting, row: FollowUp) -> HttpResponse:
    return _act(request, meeting, row, agreed.reopen_follow_up)


def _act(
    request: HttpRequest, meeting: Meeting, row: FollowUp, act: Any, **how: Any
) -> HttpResponse:
    try:
        now = act(row, by=signed_in(request), **how)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = {"what": now, "state": now.get_state_display()}
        messages.success(request, _("“%(what)s” is %(state)s.") % said)
    return redirect(f"{meeting.get_absolute_url()}#agreed")
