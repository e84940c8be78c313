"""Paste a list of people, see what would happen with each line, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from groups.accounts import signed_in
from in4green.common.middleware import takes_up_to
from meetings.forms.importing import PasteForm
from meetings.models import Meeting
from meetings.services.importing import Plan, Planner, take_over
from meetings.views.entering import with_meeting

LARGEST = 1024 * 1024  # what is longer than a list may be is told so, not cut off


@takes_up_to(LARGEST)
@with_meeting
def paste(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = PasteForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "meeting": meeting}
    if request.method == "POST" and form.is_valid():
        if "confirm" not in request.POST:
            context["plan"] = Planner(meeting).plan(form.pasted.lines)
        else:
            shown = request.POST.get("shown", "")
            plan, done = take_over(meeting, form.pasted.lines, shown=shown, by=signed_in(request))
            if done and not plan.broken:
                return _finished(request, meeting, plan)
            context |= _left(request, form, plan) if done else {"plan": plan, "differs": True}
    return render(request, "meetings/people/import.html", context)


def _finished(request: HttpRequest, meeting: Meeting, plan: Plan) -> HttpResponse:
    _say_taken(request, plan)
    return redirect("attendance:people", slug=meeting.slug)


def _left(request: HttpRequest, form: PasteForm, plan: Plan) -> dict[str, Any]:
    """What could not be taken over stays in the field, with its reasons."""
    _say_taken(request, plan)
    form.refill(form.pasted.as_text({row.line.number for row in plan.broken}))
    return {"left": plan.broken}


def _say_taken(request: HttpRequest, plan: Plan) -> None:
    n = len(plan.taken)
    said = ngettext("%(n)d person was taken over.", "%(n)d people were taken over.", n)
    messages.success(request, said % {"n": n})
