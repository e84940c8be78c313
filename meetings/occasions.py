"""What attendance is recorded for: each day of a meeting, and each of its sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from meetings.models import Attendance, Meeting, Session

MOST_DAYS = 31


@dataclass(frozen=True)
class Occasion:
    """Either a day or a session; ``key`` names it in addresses."""

    day: date | None = None
    session: Session | None = None

    @property
    def key(self) -> str:
        return self.day.isoformat() if self.day else f"s{self.session.pk if self.session else ''}"

    @property
    def name(self) -> str:
        if self.day:
            return date_format(self.day, "DATE_FORMAT")
        return str(self.session)

    @property
    def fields(self) -> dict[str, Any]:
        """Of ``Attendance``."""
        return {"day": self.day, "session": self.session}


def days_of(meeting: Meeting) -> list[Occasion]:
    """None where the days are not known."""
    if not meeting.has_days:
        return []
    length = (meeting.ends_on - meeting.begins_on).days + 1
    days = (meeting.begins_on + timedelta(days=n) for n in range(length))
    return [Occasion(day=day) for day in islice(days, MOST_DAYS)]


def occasions_of(meeting: Meeting) -> list[Occasion]:
    sessions = meeting.sessions.all()
    return [*days_of(meeting), *(Occasion(session=session) for session in sessions)]


def chosen(occasions: Iterable[Occasion], key: str) -> Occasion | None:
    """The one that the address names; else that of today, else the first."""
    by_key = {occasion.key: occasion for occasion in occasions}
    wanted = by_key.get(key) or by_key.get(timezone.localdate().isoformat())
    return wanted or next(iter(by_key.values()), None)


def recorded_for(meeting: Meeting, occasion: Occasion) -> Any:
    rows = Attendance.objects.filter(participation__meeting=meeting, **occasion.fields)
    return rows.select_related("recorded_by")
