"""What was promised and slips: reminders to the person, to coordination, to the deputies."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groups import recipients
from groups.models import InterestSignup
from groups.workdays import add_working_days
from in4green.activity.services import notify, record

Status = InterestSignup.Status


def signups_to_remind() -> list[UUID]:
    """Unconfirmed for three days and not reminded yet."""
    since = timezone.now() - settings.INTEREST["REMIND_AFTER"]
    waiting = InterestSignup.objects.unconfirmed().filter(reminded_at=None, created_at__lt=since)
    return list(waiting.values_list("pk", flat=True))


def signups_overdue() -> list[UUID]:
    unheard = InterestSignup.objects.overdue().filter(deputy_told_at=None)
    return list(unheard.values_list("pk", flat=True))


@transaction.atomic
def remind_to_confirm(signup_id: UUID | str) -> None:
    """Once; safe to run twice, because the row is locked and looked at again."""
    rows = InterestSignup.objects.unconfirmed().filter(reminded_at=None)
    signup = rows.select_for_update(skip_locked=True).filter(pk=signup_id).first()
    if signup is None:
        return
    signup.reminded_at = timezone.now()
    signup.save(update_fields=["reminded_at"])
    notify("interest.confirm_reminder", signup, recipients.person(signup))


@transaction.atomic
def tell_overdue(signup_id: UUID | str) -> None:
    """First the coordinators, five working days later the deputies, each once."""
    rows = InterestSignup.objects.overdue().select_for_update(skip_locked=True, of=("self",))
    signup = rows.select_related("group__city").filter(pk=signup_id).first()
    if signup is None:
        return
    if signup.overdue_told_at is None:
        signup.overdue_told_at = timezone.now()
        notify("interest.overdue", signup, recipients.coordination(signup.group))
    elif _deputies_turn(signup):
        signup.deputy_told_at = timezone.now()
        notify("interest.overdue_deputy", signup, recipients.deputies(signup.group))
    signup.save(update_fields=["overdue_told_at", "deputy_told_at"])


def _deputies_turn(signup: InterestSignup) -> bool:
    if signup.deputy_told_at or signup.answer_due is None:
        return False
    days = settings.INTEREST["DEPUTY_AFTER_WORKING_DAYS"]
    turn = add_working_days(signup.answer_due, days, city=signup.group.city)
    return timezone.localdate() >= turn


@transaction.atomic
def delete_expired_signups() -> int:
    """Unconfirmed for 14 days, declined or withdrawn for six months; returns how many rows."""
    now, periods = timezone.now(), settings.INTEREST
    old = InterestSignup.objects.unconfirmed().filter(
        created_at__lt=now - periods["CONFIRM_WITHIN"]
    ) | InterestSignup.objects.filter(
        status__in=[Status.DECLINED, Status.WITHDRAWN],
        decided_at__lt=now - periods["DECLINED_KEPT"],
    )
    _total, per_model = old.delete()
    deleted = per_model.get(InterestSignup._meta.label, 0)
    if deleted:
        record(None, "interest.deleted_after_period", rows=deleted)
    return deleted


def link_expires(signup: InterestSignup) -> bool:
    """Thirty days after joining the signed link stops working: the account has taken over."""
    kept: timedelta = settings.INTEREST["LINK_KEPT_AFTER_JOINING"]
    joined_at = signup.invitation and signup.invitation.used_at
    return bool(joined_at and timezone.now() - joined_at > kept)
