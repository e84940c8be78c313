"""What is kept no longer: needs soon after a meeting, attendance when the funding's auditors have
no claim to it any more."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from in4green.activity.services import record
from meetings.models import Attendance, Document, Needs, Participation
from meetings.services import files

NEEDS_KEPT = timedelta(days=14)
# Five years from 31 December of the year of the last payment, as far as is known.
SUPPORTING_DOCUMENTS_KEPT_UNTIL = date(2031, 12, 31)
KEPT_AT_LEAST = timedelta(days=365)


@transaction.atomic
def delete_old_needs() -> int:
    """Of meetings that are over for two weeks; returns how many.

    However many these are: right after a meeting they may be all there are.
    """
    before = timezone.localdate() - NEEDS_KEPT
    deleted, _per_model = Needs.objects.filter(participation__meeting__ends_on__lt=before).delete()
    if deleted:
        record(None, "participations.needs_deleted_after_period", rows=deleted)
    return deleted


@transaction.atomic
def delete_old_attendance(*, confirmed: bool = False) -> int:
    """People, attendance and signed sheets of meetings whose period is over; how many people.

    What would be more than a fifth of all is left alone and logged, until a person has confirmed.
    """
    today = timezone.localdate()
    if today <= SUPPORTING_DOCUMENTS_KEPT_UNTIL:
        return 0
    before = today - KEPT_AT_LEAST
    old = Participation.objects.filter(meeting__ends_on__lt=before)
    sheets = Document.objects.signed_sheets().of_meetings_over_before(before)
    n = old.count()
    people_too_many = n * 5 > Participation.objects.count()
    sheets_too_many = sheets.count() * 5 > Document.objects.signed_sheets().count()
    if (people_too_many or sheets_too_many) and not confirmed:
        record(None, "attendance.deletion_waits_for_confirmation", rows=n)
        return 0
    for sheet in sheets:
        files.delete(sheet, by=None)
    if n:
        Attendance.objects.filter(participation__in=old).delete()
        old.delete()
        record(None, "attendance.deleted_after_period", rows=n)
    return n
