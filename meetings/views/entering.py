"""Coordination enters, changes, copies and moves meetings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from groups.accounts import signed_in
from in4green.common.middleware import takes_up_to
from in4green.common.permissions import require_perm
from meetings.forms.entering import CopyForm, MoveForm, groups_of
from meetings.forms.sheet import Sheet
from meetings.models import Meeting
from meetings.services import entering
from meetings.views.reading import find_meeting

View = Callable[..., HttpResponse]
LARGEST_SHEET = 2 * 1024 * 1024


def with_meeting(view: View) -> View:
    """``slug`` of the address becomes the meeting. Unseen is 404, seen but not allowed is 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        meeting = find_meeting(request, slug)
        require_perm(request.user, "meetings.change_meeting", meeting)
        return view(request, meeting)

    return guarded


@takes_up_to(LARGEST_SHEET)
@login_required
def new(request: HttpRequest) -> HttpResponse:
    groups = groups_of(request.user)
    if not request.user.has_perm("meetings.add_meeting") or not groups:
        raise PermissionDenied("meetings.add_meeting")
    return _sheet(request, Meeting(host=groups[0].city), groups)


@takes_up_to(LARGEST_SHEET)
@with_meeting
@transaction.atomic
def edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        meeting = entering.lock(meeting)
    return _sheet(request, meeting, groups_of(request.user))


def _sheet(request: HttpRequest, meeting: Meeting, groups: Any) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    sheet = Sheet(meeting, groups=groups, data=sent)
    if sent is not None and "add" in sent:
        sheet.leave_unchecked()
    elif sent is not None and sheet.is_valid():
        saved = entering.save_sheet(sheet, by=signed_in(request))
        messages.success(request, _("The meeting is saved."))
        return redirect(saved)
    context = {"sheet": sheet, "form": sheet, "meeting": meeting}
    return render(request, "meetings/edit.html", context)


@with_meeting
def copy(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = entering.copy_meeting(meeting, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The copy is ready. Please look through it."))
        return redirect("meetings:edit", slug=made.slug)
    return render(request, "meetings/copy.html", {"form": form, "meeting": meeting})


@with_meeting
def move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    days = meeting.sessions.exclude(day=None).dates("day", "day")
    form = MoveForm(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid() and _moved(request, meeting, form):
        messages.success(request, _("The days are changed."))
        return redirect(meeting)
    return render(request, "meetings/move.html", {"form": form, "meeting": meeting})


def _moved(request: HttpRequest, meeting: Meeting, form: MoveForm) -> bool:
    """False with an error in the form, if the days can't be so."""
    chosen, by = form.cleaned_data, signed_in(request)
    day = parse_date(chosen["what"])
    try:
        if day:
            entering.move_day(meeting, day=day, to=chosen["to"], by=by)
        else:
            entering.move_meeting(meeting, to=chosen["to"], by=by)
    except ValidationError as error:
        form.add_error("to", error)
        return False
    return True
