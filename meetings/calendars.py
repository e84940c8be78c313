"""Meetings as calendars (RFC 5545): times at the place, with the rules of its time zone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from in4green.common.cleaning import clean_line, clean_text
from meetings.models import Meeting, Session

PRODUCT = "-//In4Green//Portal//EN"
TYPE = "text/calendar; charset=utf-8"


def calendar_of(meetings: Iterable[Meeting], *, name: str, with_links: bool = False) -> bytes:
    """Each meeting as one entry; expects hosts and sessions to be there.

    Those without days are left out. ``with_links``: for members of their groups only.
    """
    calendar = new_calendar(name)
    for meeting in meetings:
        if meeting.has_days:
            link = meeting.online_link if with_links else ""
            calendar.add_component(whole_meeting(meeting, link=link))
    return finish(calendar)


def calendar_of_meeting(meeting: Meeting, sessions: Iterable[Session], *, with_link: bool) -> bytes:
    """Its days and each session that has a time. ``with_link``: for members of its group only."""
    calendar = new_calendar(meeting.title)
    if meeting.has_days:
        link = meeting.online_link if with_link else ""
        calendar.add_component(whole_meeting(meeting, link=link))
    for session in sessions:
        if session.day and session.starts:
            calendar.add_component(_part(meeting, session))
    return finish(calendar)


def new_calendar(name: str) -> Calendar:
    calendar = Calendar.new(name=clean_line(name), refresh_interval=timedelta(hours=12))
    calendar["prodid"] = PRODUCT
    return calendar


def finish(calendar: Calendar) -> bytes:
    """With the rules of every time zone in it, for the years that it spans."""
    timed = [event.start for event in calendar.events if isinstance(event.start, datetime)]
    if timed:
        # A year around them holds both changes of the clock.
        first, last = min(timed).year - 1, max(timed).year + 1
        calendar.add_missing_timezones(date(first, 1, 1), date(last, 1, 1))
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
