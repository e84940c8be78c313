"""Addresses of a meeting's people, and attendance as it was recorded."""

from datetime import date

from django.urls import reverse

from meetings.models import Attendance, Meeting, Participation

DAY = date(2026, 5, 5)


def address(name: str, meeting: Meeting, *args: object) -> str:
    return reverse(f"attendance:{name}", args=[meeting.slug, *args])


def attend(person: Participation, state: str = "present", day: date | None = DAY, **of) -> None:
    Attendance.objects.create(participation=person, day=day, state=state, **of)
