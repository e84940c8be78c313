"""A reported barrier: a case that coordination must answer within six weeks."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groups import recipients
from groups.models import BarrierReport, WorkingGroup
from in4green.activity.services import Recipient, notify, record


@transaction.atomic
def report_barrier(
    group: WorkingGroup, *, form_token: str, email: str, language: str, **fields: str
) -> BarrierReport:
    """Open the case and tell coordination; sent twice, it stays one case."""
    report, is_new = BarrierReport.objects.get_or_create(
        form_token=form_token,
        defaults={
            "group": group,
            "due": timezone.localdate() + settings.BARRIER["ANSWER_WITHIN"],
            "email": email,
            "language": language,
            **fields,
        },
    )
    if is_new:
        record(None, "barrier.reported", report)
        notify("barrier.reported", report, recipients.coordination(group))
        if email:
            notify("barrier.received", report, [Recipient(email, language)])
    return report


@transaction.atomic
def remind_of_open_reports() -> None:
    """Coordination once for each, a week before an answer is due."""
    until = timezone.localdate() + settings.BARRIER["REMIND_BEFORE"]
    late = BarrierReport.objects.open().filter(reminded_at=None, due__lte=until)
    for report in late.select_for_update(skip_locked=True, of=("self",)).select_related("group"):
        notify("barrier.due", report, recipients.coordination(report.group))
        report.reminded_at = timezone.now()
        report.save(update_fields=["reminded_at"])


@transaction.atomic
def delete_answered_reports() -> int:
    """A year after the answer; returns how many. What is still open stays."""
    before = timezone.now() - settings.BARRIER["KEPT"]
    deleted, _per_model = BarrierReport.objects.filter(answered_at__lt=before).delete()
    if deleted:
        record(None, "barrier.deleted_after_period", rows=deleted)
    return deleted
