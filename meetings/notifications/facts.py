"""What somebody who takes part must know of a meeting, and what of it has changed.

Facts are kept as JSON: what was told by one mail is compared with what is true before the next.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.days import days_in_words
from meetings.models import Meeting

Facts = dict[str, Any]
WHEN = ("begins_on", "ends_on", "precision", "hours", "time_zone")


def facts_of(meeting: Meeting) -> Facts:
    return {
        "begins_on": meeting.begins_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "precision": meeting.precision,
        "hours": [_clock(moment) for moment in meeting.hours or ()],
        "time_zone": meeting.time_zone,
        "place": ", ".join(filter(None, [meeting.place, str(meeting.host or "")])),
        "online_link": meeting.online_link,
        "cancelled": meeting.is_cancelled,
    }


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str


def changes(before: Facts, after: Facts) -> list[Change]:
    """In the active language. Cancelling is told in words of its own."""
    rows = [
        Change(_("When"), when(before), when(after)),
        Change(_("Where"), before["place"], after["place"]),
        Change(_("Online link"), before["online_link"], after["online_link"]),
    ]
    return [row for row in rows if row.before != row.after]


def moves(before: Facts, after: Facts) -> bool:
    """Whether somebody who could not come might do so now."""
    return any(before[name] != after[name] for name in WHEN)


def when(facts: Facts) -> str:
    first, last = _day(facts["begins_on"]), _day(facts["ends_on"])
    days = days_in_words(first, last, facts["precision"])
    if facts["precision"] != Meeting.Precision.DAY:
        return _("%(when)s (the exact days are not yet known)") % {"when": days}
    if first == last:
        days = f"{date_format(first, 'l')}, {days}"
    if not facts["hours"]:
        return days
    starts, ends = facts["hours"]
    hours = {"days": days, "starts": starts, "ends": ends, "city": _city(facts["time_zone"])}
    return _("%(days)s, %(starts)s to %(ends)s (%(city)s time)") % hours


def _city(time_zone: str) -> str:
    """By which people know it: ``America/New_York`` is the time of New York."""
    return time_zone.rpartition("/")[2].replace("_", " ")


def _day(text: str) -> date:
    day = parse_date(text)
    assert day is not None  # noqa: S101 (``facts_of`` has written it)
    return day
