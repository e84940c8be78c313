"""What time it is where a meeting takes place."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from meetings.models import Meeting


def now_at(meeting: Meeting) -> datetime:
    return timezone.now().astimezone(ZoneInfo(meeting.time_zone))


def today_at(meeting: Meeting) -> date:
    return now_at(meeting).date()


def is_over(meeting: Meeting) -> bool:
    return meeting.ends_on < today_at(meeting)


def has_begun(meeting: Meeting) -> bool:
    """By its first session where the hours are known, else with its first day."""
    if meeting.hours:
        return meeting.hours[0] <= now_at(meeting)
    return meeting.begins_on <= today_at(meeting)


def can_be_reported(meeting: Meeting) -> bool:
    """It has taken place, or its days are over."""
    is_planned = meeting.status == Meeting.Status.PLANNED
    return not meeting.is_cancelled and (is_over(meeting) or not is_planned)
