"""Coordination records who was there, and prints the sheet that people sign."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from groups.accounts import signed_in
from in4green.common.documents import pdf_response
from meetings import occasions, sheets
from meetings.forms.people import FindPeopleForm
from meetings.forms.recording import AttendanceTable
from meetings.models import Meeting
from meetings.occasions import Occasion
from meetings.services.entering import lock
from meetings.services.recording import record_attendance
from meetings.views.entering import with_meeting

PER_PAGE = 100


@with_meeting
@transaction.atomic
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    choices = occasions.occasions_of(meeting)
    occasion = occasions.chosen(choices, request.GET.get("of", ""))
    context = {"meeting": meeting, "occasions": choices, "occasion": occasion}
    if occasion and request.method == "POST":
        table = _sent(request, meeting, occasion)
        if not table.told:
            return redirect(request.get_full_path())
        context |= {"table": table, "find": FindPeopleForm({})}
    elif occasion:
        context |= _shown(request, meeting, occasion)
    return render(request, "meetings/people/attendance.html", context)


def _shown(request: HttpRequest, meeting: Meeting, occasion: Occasion) -> dict[str, Any]:
    find = FindPeopleForm(request.GET)
    people = find.narrow(meeting.participations.select_related("city"))
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    table = AttendanceTable(page.object_list, _recorded(meeting, occasion))
    return {"find": find, "page_obj": page, "table": table}


def _sent(request: HttpRequest, meeting: Meeting, occasion: Occasion) -> AttendanceTable:
    """Everything that nobody else has changed is recorded, whatever is told of the rest."""
    lock(meeting)
    sent = AttendanceTable.people_sent(request.POST)
    people = meeting.participations.filter(pk__in=sent).select_related("city")
    table = AttendanceTable(people, _recorded(meeting, occasion), request.POST)
    changes = table.settle()
    record_attendance(meeting, occasion, changes, by=signed_in(request))
    if changes:
        said = ngettext("Recorded: %(n)d person.", "Recorded: %(n)d people.", len(changes))
        messages.success(request, said % {"n": len(changes)})
    elif not table.told:
        messages.info(request, _("Nothing has changed."))
    return table


def _recorded(meeting: Meeting, occasion: Occasion) -> dict[int, Any]:
    return {row.participation_id: row for row in occasions.recorded_for(meeting, occasion)}


@require_safe
@with_meeting
def sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """``of`` names one day, else each has its pages; ``blank`` leaves the names out."""
    days = occasions.days_of(meeting)
    wanted = [day for day in days if day.key == request.GET.get("of")] or days
    content = sheets.attendance_sheet(meeting, wanted, blank="blank" in request.GET)
    return pdf_response(f"{meeting.slug}-{_('attendance')}", content)
