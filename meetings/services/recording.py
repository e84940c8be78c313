"""Who was there: recorded for a day or a session, in one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.models import User
from in4green.activity.services import record
from meetings.models import Attendance, Meeting, Participation
from meetings.occasions import Occasion


@transaction.atomic
def record_attendance(
    meeting: Meeting, occasion: Occasion, states: Mapping[Participation, str], *, by: User
) -> None:
    """An empty state takes back what was recorded. Call under ``services.entering.lock``."""
    if not states:
        return
    found = Attendance.objects.filter(participation__in=states, **occasion.fields)
    there = {attendance.participation_id: attendance for attendance in found}
    rows = [_row(person, occasion, state, there, by) for person, state in states.items() if state]
    Attendance.objects.bulk_create(row for row in rows if not row.pk)
    Attendance.objects.bulk_update(
        [row for row in rows if row.pk], ["state", "recorded_by", "recorded_at"]
    )
    found.filter(participation__in=[one for one, state in states.items() if not state]).delete()
    said = {str(person.pk): state for person, state in states.items()}
    record(by, "attendance.recorded", meeting, of=occasion.key, states=said)


def _row(
    person: Participation, occasion: Occasion, state: str, there: dict[int, Attendance], by: User
) -> Attendance:
    row = there.get(person.pk) or Attendance(participation=person, **occasion.fields)
    row.state, row.recorded_by, row.recorded_at = state, by, timezone.now()
    return row


def move_attendance(meeting: Meeting, shift: timedelta) -> None:
    """What was recorded for a day stays with that day of the meeting."""
    rows: Any = Attendance.objects.filter(participation__meeting=meeting, day__isnull=False)
    for row in rows.order_by("-day" if shift > timedelta(0) else "day"):
        row.day += shift
        row.save(update_fields=["day"])
