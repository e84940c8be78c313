"""The rules of a time zone as calendars want them (VTIMEZONE of RFC 5545).

Outlook wants a yearly rule where there is one, and counts wrongly by mere lists of changes.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Change:
    """``onset`` is by the clock as it was until then."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        return self.before, self.after, self.name


def time_zone(name: str, first_year: int, last_year: int) -> Timezone:
    """For times from the second of these years on; both count."""
    zone = Timezone()
    zone.add("tzid", name)
    changes = sorted(_changes(ZoneInfo(name), first_year, last_year), key=attrgetter("kind"))
    for _kind, group in groupby(changes, key=attrgetter("kind")):
        zone.add_component(_observance(list(group), last_year - first_year + 1))
    if not changes:
        zone.add_component(_always(ZoneInfo(name), first_year))
    return zone


@lru_cache(maxsize=64)
def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    found = []
    moment, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (first_year, last_year + 1))
    while moment < end:
        later = moment + HALF_A_DAY
        if _offset(zone, moment) != _offset(zone, later):
            found.append(_change(zone, moment, later))
        moment = later
    return found


def _change(zone: ZoneInfo, earlier: datetime, later: datetime) -> Change:
    """The one between the two moments, to the minute."""
    before = _offset(zone, earlier)
    while later - earlier > timedelta(minutes=1):
        middle = earlier + (later - earlier) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == before:
            earlier = middle
        else:
            later = middle
    onset = (later + before).replace(tzinfo=None)
    return Change(onset, before, _offset(zone, later), later.astimezone(zone).tzname() or "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _observance(changes: list[Change], years: int) -> Any:
    """Changes of one kind: as a rule, if one says it for all these years."""
    first = changes[0]
    kind = TimezoneDaylight if first.after > first.before else TimezoneStandard
    rule = _rule([change.onset for change in changes]) if len(changes) == years else None
    part = _fill(kind(), first)
    if rule:
        part.add("rrule", vRecur(rule))
    else:
        for change in changes[1:]:
            part.add("rdate", change.onset)
    return part


def _always(zone: ZoneInfo, year: int) -> Any:
    begin = datetime(year, 1, 1, tzinfo=zone)
    offset = begin.utcoffset() or timedelta(0)
    change = Change(begin.replace(tzinfo=None), offset, offset, begin.tzname() or "")
    return _fill(TimezoneStandard(), change)


def _fill(part: Any, change: Change) -> Any:
    part.add("dtstart", change.onset)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    return part


def _rule(onsets: list[datetime]) -> dict[str, Any] | None:
    """Such as: each year, the last Sunday of March. None where the hour or the day wanders."""
    if len({(one.month, one.weekday(), one.time()) for one in onsets}) > 1:
        return None
    places = set.intersection(*map(_places, onsets))
    if not places:
        return None
    day = f"{min(places)}{WEEKDAYS[onsets[0].weekday()]}"  # rather the last one than the fourth
    return {"freq": "yearly", "bymonth": onsets[0].month, "byday": day}


def _places(onset: datetime) -> set[int]:
    """Which of its weekdays in the month it is; -1 is the last."""
    length = calendar.monthrange(onset.year, onset.month)[1]
    place = (onset.day - 1) // 7 + 1
    return {place, -1} if onset.day + 7 > length else {place}
