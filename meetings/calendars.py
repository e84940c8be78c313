"""Meetings as calendars (RFC 5545): times at the place, with the rules of its time zone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS

from in4green.common.cleaning import clean_line, clean_text
from meetings.models import Meeting, Session
from meetings.zones import time_zone

PRODUCT = "-//In4Green//Portal//EN"
REFRESH = timedelta(hours=12)
TYPE = "text/calendar; charset=utf-8"


def calendar_of(meetings: Iterable[Meeting], *, name: str, with_links: bool = False) -> bytes:
    """To subscribe to: each meeting is one entry; expects hosts and sessions to be there.

    Those without days are left out. ``with_links``: for members of their groups only.
    """
    calendar = new_calendar()
    _make_subscribable(calendar, name)
    for meeting in meetings:
        if meeting.has_days:
            link = meeting.online_link if with_links else ""
            calendar.add_component(whole_meeting(meeting, link=link))
    return finish(calendar)


def calendar_of_meeting(meeting: Meeting, sessions: Iterable[Session], *, with_link: bool) -> bytes:
    """Its days and each session that has a time. ``with_link``: for members of its group only.

    Without a name: Outlook would make a new calendar of that name for it.
    """
    calendar = new_calendar()
    if meeting.has_days:
        link = meeting.online_link if with_link else ""
        calendar.add_component(whole_meeting(meeting, link=link))
    for session in sessions:
        if session.day and session.starts:
            calendar.add_component(_part(meeting, session))
    return finish(calendar)


def new_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    return calendar


def _make_subscribable(calendar: Calendar, name: str) -> None:
    """What it is called and how often to ask, as RFC 7986 has it and as programs have had it."""
    for key in ("name", "x-wr-calname"):
        calendar.add(key, clean_line(name))
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, vDuration(REFRESH), parameters={"VALUE": "DURATION"})


def finish(calendar: Calendar) -> bytes:
    """With the rules of every time zone in it, for the years that it spans."""
    timed = [event.start for event in calendar.events if isinstance(event.start, datetime)]
    years = [moment.year for moment in timed]
    for name in sorted({str(moment.tzinfo) for moment in timed}):
        # The year before holds the change of the clock that the first of them goes by.
        zone = time_zone(name, min(years) - 1, max(years) + 1)
        calendar.subcomponents.insert(0, zone)
    return calendar.to_ical()


def whole_meeting(meeting: Meeting, link: str = "") -> Event:
    """By the clock where one day's hours are known, else all day long.

    DTEND of the latter is the day after the last, as the standard wants it.
    """
    hours = meeting.hours
    text = meeting.objective
    if link:
        text = f"{text}\n\n{_('Online link')}: {link}"
    event = _event(
        meeting,
        meeting,
        summary=meeting.title,
        start=hours[0] if hours else meeting.begins_on,
        end=hours[1] if hours else meeting.ends_on + timedelta(days=1),
        location=", ".join(filter(None, [meeting.place, str(meeting.host or "")])),
        url=f"{settings.BASE_URL}{meeting.get_absolute_url()}",
    )
    if text := clean_text(text):
        event.add("description", text)
    if not hours:
        event.add("transp", "TRANSPARENT")
    return event


def _part(meeting: Meeting, session: Session) -> Event:
    zone = ZoneInfo(meeting.time_zone)
    event = _event(
        session,
        meeting,
        summary=session.title,
        start=_moment(session.day, session.starts, zone),
        end=_moment(session.day, session.ends, zone),
        location=", ".join(filter(None, [session.room, meeting.place])),
    )
    event.add("related-to", str(meeting.uid))
    return event


def _moment(day: Any, clock: Any, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _event(row: Any, meeting: Meeting, *, summary: str, location: str, **fields: Any) -> Event:
    return Event.new(
        uid=str(row.uid),
        sequence=row.sequence,
        stamp=row.changed_at,
        last_modified=row.changed_at,
        summary=clean_line(summary),
        location=clean_line(location) or None,
        status=STATUS.CANCELLED if meeting.is_cancelled else STATUS.CONFIRMED,
        **fields,
    )
