"""A meeting is cancelled, or takes place after all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from meetings.models import Meeting
from meetings.services.entering import keep, lock
from meetings.services.telling import note_change

Status = Meeting.Status


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, because: str, by: User) -> Meeting:
    """It stays where it was seen, as cancelled. Raises ValidationError unless it is planned."""
    meeting = lock(meeting)
    if meeting.status != Status.PLANNED:
        raise ValidationError(_("Only a planned meeting can be cancelled."), code="status")
    meeting.status = Status.CANCELLED
    meeting.cancelled_at, meeting.cancelled_because = timezone.now(), because
    keep(meeting, by)
    record(by, "meetings.cancelled", meeting)
    note_change(meeting)
    return meeting


@transaction.atomic
def reinstate_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Raises ValidationError unless it is cancelled."""
    meeting = lock(meeting)
    if not meeting.is_cancelled:
        raise ValidationError(_("This meeting is not cancelled."), code="status")
    meeting.status = Status.PLANNED
    meeting.cancelled_at, meeting.cancelled_because = None, ""
    keep(meeting, by)
    record(by, "meetings.reinstated", meeting)
    note_change(meeting)
    return meeting
