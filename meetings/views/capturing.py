"""A practice captured during a visit, on a phone, perhaps without a connection."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings.forms.capturing import CaptureForm
from meetings.models import Practice
from meetings.services import capturing
from meetings.views.reading import find_meeting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def capture(request: HttpRequest, slug: str) -> HttpResponse:
    """``?visit=``: where one stands."""
    meeting = find_meeting(request, slug)
    require_perm(request.user, "meetings.add_practice", meeting)
    visit = request.GET.get("visit", "")
    sent = request.POST if request.method == "POST" else None
    form = CaptureForm(sent, meeting=meeting, initial={"visit": visit})
    if sent is not None and form.is_valid():
        try:
            practice = capturing.capture(form, by=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _saved(request, practice)
    place = f"{meeting.pk} {visit}" if visit.isdecimal() else f"{meeting.pk}"
    context = {"form": form, "meeting": meeting, "place": place}
    return render(request, "practices/capture.html", context)


def _saved(request: HttpRequest, practice: Practice) -> HttpResponse:
    """For the script, which asks for JSON, and for the plain form."""
    if request.headers.get("Accept") != "application/json":
        messages.success(request, _("The practice is saved as a draft."))
        return redirect(practice)
    photos = reverse("files:of_practice", args=[practice.slug])
    return JsonResponse({"page": practice.get_absolute_url(), "photos": photos}, status=201)
