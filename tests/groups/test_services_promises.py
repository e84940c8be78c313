"""Reminders and periods: each once, none for what is settled."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from groups.models import InterestSignup
from groups.services import promises
from groups.tasks import delete_expired_interest, remind_to_confirm, tell_overdue
from in4green.activity.models import Delivery, LogEntry
from tests.factories import InvitationFactory, SignupFactory, UserFactory

Status = InterestSignup.Status


def kinds():
    return sorted(Delivery.objects.values_list("notification__kind", "address"))


def created(days_ago, **fields):
    signup = SignupFactory(**fields)
    InterestSignup.objects.filter(pk=signup.pk).update(
        created_at=timezone.now() - timedelta(days=days_ago)
    )
    return signup


def test_unconfirmed_after_three_days_is_reminded_once(group):
    late = created(3, group=group, unconfirmed=True, email="late@example.org")
    created(2, group=group, unconfirmed=True)
    created(9, group=group)

    assert promises.signups_to_remind() == [late.pk]
    remind_to_confirm(str(late.pk))
    remind_to_confirm(str(late.pk))

    assert kinds() == [("interest.confirm_reminder", "late@example.org")]
    assert promises.signups_to_remind() == []


def test_confirmed_meanwhile_is_not_reminded(group):
    signup = created(4, group=group)

    remind_to_confirm(str(signup.pk))

    assert kinds() == []


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.IN_REVIEW])
def test_a_slipped_promise_goes_to_coordination_and_five_working_days_later_to_deputies(
    group, status
):
    group.deputies.add(UserFactory(email="vera@solingen.example"))
    signup = SignupFactory(group=group, status=status, answer_due=date(2026, 11, 20))

    with time_machine.travel("2026-11-20 12:00+01:00"):
        tell_overdue(str(signup.pk))
        assert kinds() == []
    with time_machine.travel("2026-11-21 12:00+01:00"):
        tell_overdue(str(signup.pk))
        tell_overdue(str(signup.pk))
        assert kinds() == [("interest.overdue", "koordination@solingen.example")]
    with time_machine.travel("2026-11-26 12:00+01:00"):
        tell_overdue(str(signup.pk))
        assert len(kinds()) == 1
    with time_machine.travel("2026-11-27 12:00+01:00"):
        tell_overdue(str(signup.pk))
        tell_overdue(str(signup.pk))

    assert kinds() == [
        ("interest.overdue", "koordination@solingen.example"),
        ("interest.overdue_deputy", "vera@solingen.example"),
    ]
    assert promises.signups_overdue() == []


@pytest.mark.parametrize("status", [Status.INVITED, Status.DECLINED, Status.WITHDRAWN])
def test_what_is_decided_is_never_overdue(group, status):
    SignupFactory(group=group, status=status, answer_due=date(2026, 1, 2), decline_reason="voll")

    assert promises.signups_overdue() == []


def test_rows_go_when_their_period_is_over(group):
    created(15, group=group, unconfirmed=True)
    decided = timezone.now() - timedelta(days=184)
    SignupFactory(group=group, status=Status.DECLINED, decline_reason="voll", decided_at=decided)
    SignupFactory(group=group, status=Status.WITHDRAWN, decided_at=decided)
    kept = [
        created(13, group=group, unconfirmed=True),
        SignupFactory(
            group=group,
            status=Status.DECLINED,
            decline_reason="voll",
            decided_at=timezone.now() - timedelta(days=180),
        ),
        created(400, group=group),
    ]

    delete_expired_interest()

    assert set(InterestSignup.objects.all()) == set(kept)
    assert LogEntry.objects.get().data == {"rows": 3}


def test_deleting_nothing_leaves_no_trace(group):
    delete_expired_interest()

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("days", "expires"), [(None, False), (29, False), (31, True)])
def test_the_link_works_until_thirty_days_after_joining(group, days, expires):
    used = timezone.now() - timedelta(days=days) if days else None
    invitation = InvitationFactory(group=group, used_at=used)
    signup = SignupFactory(group=group, status=Status.MEMBER, invitation=invitation)

    assert promises.link_expires(signup) == expires
