"""A week and a day before a meeting, by the clock at its place."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from meetings.models import Correspondence, Meeting, Participation
from meetings.services.telling import concerned, lock_letters, notify_each, tell
from meetings.timing import has_begun, now_at, today_at

# Days before the first one: a week, or a little less if nothing ran; and the last day before.
WEEK_BEFORE, DAY_BEFORE = range(5, 8), range(2)
MORNING = 8  # o'clock at the place
# Whoever was invited since then has just read what the first reminder would say.
FRESH = timedelta(days=3)


def meetings_to_remind() -> list[int]:
    """Those whose first day is near, by whichever clock; ``remind`` looks at the place's own."""
    today = timezone.localdate()
    near = (today - timedelta(days=1), today + timedelta(days=WEEK_BEFORE.stop))
    planned = Meeting.objects.with_days().filter(
        status=Meeting.Status.PLANNED, begins_on__range=near
    )
    return list(planned.values_list("pk", flat=True))


@transaction.atomic
def remind(meeting_id: int) -> None:
    """A week and a day before, each once for one first day; a meeting that moves is due anew."""
    letters = lock_letters(Meeting(pk=meeting_id))
    meeting = letters.meeting
    if (
        meeting.status != Meeting.Status.PLANNED
        or now_at(meeting).hour < MORNING
        or has_begun(meeting)
    ):
        return
    left, first_day = (meeting.begins_on - today_at(meeting)).days, meeting.begins_on
    if left in WEEK_BEFORE and letters.week_reminded_for != first_day:
        letters.week_reminded_for = first_day
        _remind(letters, invited_before=timezone.now() - FRESH)
    elif left in DAY_BEFORE and letters.day_reminded_for != first_day:
        letters.day_reminded_for = first_day
        _remind(letters)
    letters.save()


def _remind(letters: Correspondence, *, invited_before: datetime | None = None) -> None:
    tell(letters)  # what has changed comes first
    meeting = letters.meeting
    people = [
        row
        for row in concerned(meeting)
        if row.answer != Participation.Answer.NOT_COMING
        and not (invited_before and _is_invited_since(row, invited_before))
    ]
    data = {"begins_on": meeting.begins_on.isoformat()}
    notify_each("meetings.reminded", people, data=data)


def _is_invited_since(participation: Participation, moment: datetime) -> bool:
    invitation = getattr(participation, "invitation", None)
    return invitation is not None and invitation.invited_at >= moment
