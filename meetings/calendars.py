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


def calendar_of(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """The days of each meeting; expects hosts to be there. Those without days are left out."""
    calendar = _new(name)
    for meeting in meetings:
        if meeting.has_days:
            calendar.add_component(_whole(meeting))
    return calendar.to_ical()


def calendar_of_meeting(meeting: Meeting, sessions: Iterable[Session], *, with_link: bool) -> bytes:
    """Its days and each session that has a time. ``with_link``: for members of its group only."""
    calendar = _new(meeting.title)
    if meeting.has_days:
        calendar.add_component(_whole(meeting, link=meeting.online_link if with_link else ""))
    timed = [session for session in sessions if session.day and session.starts]
    for session in timed:
        calendar.add_component(_part(meeting, session))
    if timed:
        first, last = (_year(meeting, delta) for delta in (-1, 1))
        calendar.add_missing_timezones(first, last)
    return calendar.to_ical()


def _new(name: str) -> Calendar:
    calendar = Calendar.new(name=clean_line(name), refresh_interval=timedelta(hours=12))
    calendar["prodid"] = PRODUCT
    return calendar


def _year(meeting: Meeting, delta: int) -> date:
    """A year around the meeting holds both changes of the clock."""
    return date(meeting.begins_on.year + delta, 1, 1)


def _whole(meeting: Meeting, link: str = "") -> Event:
    """All day long; DTEND is the day after the last, as the standard wants it."""
    text = meeting.objective
    if link:
        text = f"{text}\n\n{_('Online link')}: {link}"
    event = _event(
        meeting,
        summary=meeting.title,
        start=meeting.begins_on,
        end=meeting.ends_on + timedelta(days=1),
        location=", ".join(filter(None, [meeting.place, str(meeting.host or "")])),
        url=f"{settings.BASE_URL}{meeting.get_absolute_url()}",
    )
    if text := clean_text(text):
        event.add("description", text)
    event.add("transp", "TRANSPARENT")
    return event


def _part(meeting: Meeting, session: Session) -> Event:
    zone = ZoneInfo(meeting.time_zone)
    event = _event(
        session,
        summary=session.title,
        start=_moment(session.day, session.starts, zone),
        end=_moment(session.day, session.ends, zone),
        location=", ".join(filter(None, [session.room, meeting.place])),
    )
    event.add("related-to", str(meeting.uid))
    return event


def _moment(day: Any, clock: Any, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _event(row: Any, *, summary: str, location: str, **fields: Any) -> Event:
    return Event.new(
        uid=str(row.uid),
        sequence=row.sequence,
        stamp=row.changed_at,
        last_modified=row.changed_at,
        summary=clean_line(summary),
        location=clean_line(location) or None,
        status=STATUS.CONFIRMED,
        **fields,
    )
