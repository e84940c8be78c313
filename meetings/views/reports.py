"""The pack before a meeting and the report after it, which never overwrites what people wrote."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groups.accounts import signed_in
from in4green.common.documents import pdf_response
from in4green.common.permissions import require_perm
from in4green.livetext.owners import Access, access
from meetings.models import Meeting, MeetingText
from meetings.pack import meeting_pack
from meetings.services import reports
from meetings.timing import can_be_reported
from meetings.views.reading import find_meeting


@require_safe
@login_required
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """For members; coordination's has the sheets to sign, with names."""
    meeting = find_meeting(request, slug)
    require_perm(request.user, "meetings.view_inside", meeting)
    with_sheets = request.user.has_perm("meetings.change_meeting", meeting)
    content = meeting_pack(meeting, with_sheets=with_sheets)
    name = _("pack")
    return pdf_response(f"{meeting.slug}-{name}", content)


@login_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Once it is there, this leads to it."""
    meeting = find_meeting(request, slug)
    require_perm(request.user, "meetings.begin_text", meeting)
    found = _report_of(meeting).first()
    if found:
        return redirect(found)
    if request.method == "POST":
        try:
            return redirect(reports.begin_report(meeting, by=signed_in(request)))
        except ValidationError as error:
            messages.error(request, error.messages[0])
    context = {"meeting": meeting, "may_begin": can_be_reported(meeting)}
    return render(request, "meetings/reports/begin.html", context)


@login_required
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """GET says what each of two ways does, POST goes one of them; nothing is ever lost."""
    meeting = find_meeting(request, slug)
    require_perm(request.user, "meetings.begin_text", meeting)
    row = get_object_or_404(_report_of(meeting), meeting=meeting)
    how = _WAYS.get(request.POST.get("how", ""))
    may_write = access(request.user, row.text) >= Access.WRITE
    if request.method != "POST" or how is None or not may_write:
        context = {"meeting": meeting, "row": row, "may_write": may_write}
        return render(request, "meetings/reports/again.html", context)
    act, said = how
    try:
        act(row, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("reports:again", slug=meeting.slug)
    messages.success(request, said())
    return redirect(row)


_WAYS: dict[str, tuple[Callable[..., None], Callable[[], str]]] = {
    "append": (
        reports.append_record,
        lambda: _("What is recorded now stands at the end of the report."),
    ),
    "replace": (
        reports.assemble_again,
        lambda: _("The report is assembled anew. What stood there is kept among the versions."),
    ),
}


def _report_of(meeting: Meeting) -> Any:
    kind = MeetingText.Kind.REPORT
    return meeting.texts.filter(kind=kind).select_related("text", "meeting__group")
