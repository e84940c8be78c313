"""Minutes and report of a meeting: written together, then approved."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from in4green.livetext.editor import text_page
from meetings import agreed
from meetings.forms.agreed import BeginForm, DecisionForm, FollowUpForm
from meetings.models import MeetingText, Printout
from meetings.services import minutes
from meetings.views.reading import find_meeting

View = Callable[..., HttpResponse]


def find_text(request: HttpRequest, slug: str, pk: int) -> MeetingText:
    visible = MeetingText.objects.visible_to(request.user).filter(meeting__slug=slug)
    named = visible.select_related("meeting__group", "session", "text", "approved_by")
    found: MeetingText = get_object_or_404(named, pk=pk)
    return found


def with_text(permission: str) -> Callable[[View], View]:
    """For what is asked of the text's meeting. Unseen is 404, seen but not allowed is 403."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
            row = find_text(request, slug, pk)
            require_perm(request.user, permission, row.meeting)
            return view(request, row)

        return guarded

    return guard


@login_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = find_meeting(request, slug)
    require_perm(request.user, "meetings.begin_text", meeting)
    form = BeginForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        begun = minutes.begin_minutes(meeting, by=signed_in(request), **form.cleaned_data)
        return redirect(begun)
    return render(request, "meetings/minutes/begin.html", {"form": form, "meeting": meeting})


@require_safe
def text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """With what was agreed beside it; whoever may add to that finds the forms on the page."""
    row = find_text(request, slug, pk)
    found = agreed.of_meeting(row.meeting, request.user)
    context: dict[str, Any] = {
        "row": row,
        "meeting": row.meeting,
        "agreed": found,
        "printouts": Printout.objects.of_now(row).made(),
        "may_approve": request.user.has_perm("meetings.approve_text", row.meeting),
        **text_page(request.user, row.text, label=str(row)),
    }
    if found.may_add:
        context["decision_form"] = _blank(DecisionForm, row)
        context["follow_up_form"] = _blank(FollowUpForm, row)
    return render(request, "meetings/minutes/text.html", context)


def _blank(form: Any, row: MeetingText) -> Any:
    return form(meeting=row.meeting, auto_id=f"{form.Meta.model._meta.model_name}_%s")


@require_POST
@with_text("meetings.approve_text")
def approve(request: HttpRequest, row: MeetingText) -> HttpResponse:
    said = _("The text is approved: nobody can change it, and it is shown with the record.")
    return _act(request, row, minutes.approve, said)


@require_POST
@with_text("meetings.approve_text")
def reopen(request: HttpRequest, row: MeetingText) -> HttpResponse:
    return _act(request, row, minutes.reopen, _("The text is open for writing again."))


def _act(request: HttpRequest, row: MeetingText, act: Any, said: str) -> HttpResponse:
    try:
        act(row, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect(row)
