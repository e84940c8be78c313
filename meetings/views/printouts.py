"""Minutes and reports as files: asked for here, made by a worker, and fetched by who may read."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from in4green.common.documents.word import DOCX
from in4green.common.permissions import require_perm
from in4green.common.uploads.serving import answer_with
from meetings.models import Printout
from meetings.services import printouts as service
from meetings.views.minutes import find_text

Format = Printout.Format
MEDIA_TYPES = {Format.PDF: "application/pdf", Format.DOCX: DOCX}


@login_required
def printouts(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET shows what is there of the text as it stands now, POST asks for a file of it."""
    row = find_text(request, slug, pk)
    require_perm(request.user, "meetings.view_inside", row.meeting)
    if request.method == "POST":
        if request.POST.get("format") in Format.values:
            service.ask(row, request.POST["format"])
        return redirect("reports:printouts", slug=slug, pk=pk)
    now = {one.format: one for one in Printout.objects.of_now(row)}
    shown = [(kind, now.get(kind)) for kind in Format]
    context: dict[str, Any] = {
        "row": row,
        "meeting": row.meeting,
        "printouts": shown,
        "is_waiting": any(one.is_waiting for one in now.values()),
        "is_ready": any(one.is_made for one in now.values()),
    }
    return render(request, "meetings/reports/printouts.html", context)


@require_safe
def download(request: HttpRequest, slug: str, pk: int, printout: int) -> HttpResponseBase:
    row = find_text(request, slug, pk)
    made = row.printouts.filter(state=Printout.State.MADE)
    if not request.user.has_perm("meetings.view_inside", row.meeting):
        # The state that was approved, and no earlier one.
        made = made.filter(epoch=row.text.epoch, seq=row.text.head_seq)
    found = get_object_or_404(made, pk=printout)
    name = f"{row.meeting.slug}-{row.get_kind_display().lower()}.{found.format}"
    return answer_with(found.file, MEDIA_TYPES[Format(found.format)], name=name, to_keep=True)
