"""The own calendar: its page in the member area, and what programs read at its secret address."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.accounts import signed_in
from meetings import links
from meetings.calendars import TYPE, calendar_of
from meetings.models import CalendarLink, Meeting
from meetings.services import subscribing

PLAIN = "text/plain; charset=utf-8"
ACTIONS = {"make": subscribing.make_link, "off": subscribing.switch_off}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    action = request.POST.get("action", "")
    if action in ACTIONS:
        ACTIONS[action](user)
        messages.success(request, _DONE[action]())
        return redirect("meeting_mails:my_calendar")
    link = CalendarLink.objects.filter(user=user).first()
    context: dict[str, Any] = {"link": link}
    if link and link.is_on:
        address = links.calendar_url(link)
        context.update(address=address, webcal=f"webcal:{address.partition(':')[2]}")
    return render(request, "meetings/mails/my_calendar.html", context)


_DONE = {
    "make": lambda: _("Your calendar has a new address."),
    "off": lambda: _("Your calendar is switched off: its address leads nowhere any more."),
}


@require_safe
def personal_calendar(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """Asks for no cookie and sets none. Unknown, forged and outdated addresses answer alike."""
    link = CalendarLink.objects.select_related("user").filter(pk=pk).first()
    if link is None or not subscribing.is_right(link, token):
        raise Http404
    if subscribing.is_read_too_often(link):
        return _wait()
    name = _("%(portal)s: my meetings") % {"portal": settings.PORTAL_NAME}
    content = calendar_of(_meetings_of(link), name=name, with_links=True)
    headers = {"Content-Disposition": 'inline; filename="meetings.ics"'}
    return HttpResponse(content, content_type=TYPE, headers=headers)


def _meetings_of(link: CalendarLink) -> Any:
    """Of the groups to which the person belongs today, the private ones too."""
    since = timezone.localdate() - settings.MEETINGS["CALENDAR_BACK"]
    groups = link.user.memberships.current().values("group")
    meetings = Meeting.objects.filter(group__in=groups, ends_on__gte=since)
    return meetings.newest_first().prefetch_related("sessions")


def _wait() -> HttpResponse:
    text = _("This calendar is read too often. Please ask again in an hour.")
    headers = {"Retry-After": str(subscribing.HOUR)}
    return HttpResponse(f"{text}\n", status=429, content_type=PLAIN, headers=headers)
