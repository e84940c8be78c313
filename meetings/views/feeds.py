"""What programs read: calendars, Atom, JSON and CSV."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from in4green.common.exporting import csv_response
from meetings import calendars, exports
from meetings.models import Meeting
from meetings.views.reading import find_meeting


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whoever is signed in: programs keep what they fetch."""
    meetings = Meeting.objects.public().with_days().newest_first().prefetch_related("sessions")
    return _calendar(calendars.calendar_of(meetings, name=_("Meetings")), "meetings")


@require_safe
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = find_meeting(request, slug)
    content = calendars.calendar_of_meeting(
        meeting,
        meeting.sessions.all(),
        with_link=request.user.has_perm("meetings.view_inside", meeting),
    )
    return _calendar(content, meeting.slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type=calendars.TYPE, headers=headers)


class MeetingFeed(Feed):
    """What was announced or published last."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Meetings")

    def link(self) -> str:
        return reverse("meetings:list")

    def feed_url(self) -> str:
        return reverse("meetings:feed")

    def items(self) -> Any:
        return Meeting.objects.public().select_related("host").order_by("-changed_at", "-pk")[:50]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return " · ".join(filter(None, [item.kind_and_number, str(item.host or ""), item.when]))

    def item_guid(self, item: Any) -> str:
        return str(item.uid.urn)

    def item_pubdate(self, item: Any) -> datetime:
        published: datetime = item.created_at
        return published

    def item_updateddate(self, item: Any) -> datetime:
        changed: datetime = item.changed_at
        return changed


def _published() -> Any:
    published = Meeting.objects.published().newest_first()
    return published.prefetch_related("sessions", "visits")


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    meetings = [exports.facts_of(meeting) for meeting in _published()]
    return JsonResponse({"meetings": meetings}, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response("meetings", exports.HEAD, exports.rows(_published()))
