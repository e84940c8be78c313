"""What happens to decisions and follow-ups: entered, changed, closed, opened again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from meetings.models import Decision, FollowUp, Meeting

State = FollowUp.State


@transaction.atomic
def save_agreed(form: Any, meeting: Meeting, *, by: User) -> Decision | FollowUp:
    """Expects a valid form of either, read under the meeting's lock; a new one gets its number."""
    is_new = not form.is_there
    fields = {"meeting": meeting, "number": _next_number(form, meeting)} if is_new else {}
    row: Decision | FollowUp = form.keep(by=by, **fields)
    record(by, f"{row._meta.model_name}s.{'entered' if is_new else 'changed'}", row)
    return row


def _next_number(form: Any, meeting: Meeting) -> int:
    numbers = type(form.instance).objects.filter(meeting=meeting)
    return (numbers.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def close_follow_up(row: FollowUp, *, at: Meeting, state: str, reason: str, by: User) -> FollowUp:
    """``at``: on whose page. Its own meeting is not where it was closed once that is over.

    Raises ValidationError where somebody was faster.
    """
    row = _lock(row)
    if not row.is_open:
        raise ValidationError(_("Somebody has closed this meanwhile."), code="closed")
    is_over = at.pk == row.meeting_id and at.ends_on < timezone.localdate()
    row.closed_in = None if is_over else at
    row.state, row.reason, row.closed_at = state, reason, timezone.now()
    return _keep(row, by, "closed")


@transaction.atomic
def reopen_follow_up(row: FollowUp, *, by: User) -> FollowUp:
    """It stands on the next agenda again. Raises ValidationError for one that is open."""
    row = _lock(row)
    if row.is_open:
        raise ValidationError(_("This is open already."), code="open")
    row.state, row.reason, row.closed_at, row.closed_in = State.OPEN, "", None, None
    return _keep(row, by, "reopened")


def _keep(row: FollowUp, by: User, what: str) -> FollowUp:
    row.version += 1
    row.changed_by = by
    row.save()
    record(by, f"followups.{what}", row, state=row.state)
    return row


def _lock(row: FollowUp) -> FollowUp:
    return FollowUp.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=row.pk)
