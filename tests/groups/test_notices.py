"""What coordination is shown first, and when the portal calls itself unhealthy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.health import check_recipients
from groups.models import BarrierReport, InterestSignup
from groups.notices import open_barrier_reports, waiting_signups
from groups.recipients import coordination
from tests.factories import SignupFactory, UserFactory, WorkingGroupFactory, coordinator_of


def asked_by(rf, user):
    request = rf.get("/admin/")
    request.user = user
    return request


def test_nothing_waits_in_an_empty_group(group, rf):
    assert list(waiting_signups(asked_by(rf, coordinator_of(group)))) == []


def test_waiting_and_overdue_sign_ups_of_the_own_group_are_listed(group, rf):
    SignupFactory(group=group, answer_due=timezone.localdate() - timedelta(days=1))
    SignupFactory(group=group, status=InterestSignup.Status.IN_REVIEW)
    SignupFactory(group=group, unconfirmed=True)
    SignupFactory()

    late, waiting = waiting_signups(asked_by(rf, coordinator_of(group)))

    assert (late.tone, late.text[0], waiting.text[0]) == ("attention", "1", "2")
    assert late.url == waiting.url == reverse("admin:groups_interestsignup_changelist")


def test_reported_barriers_wait_until_they_are_answered(group, rf):
    due = timezone.localdate() + timedelta(days=42)
    for answered_at in (None, timezone.now()):
        BarrierReport.objects.create(
            group=group, description="Kontrast", language="de", due=due, answered_at=answered_at
        )

    items = list(open_barrier_reports(asked_by(rf, coordinator_of(group))))

    assert ["Kontrast" in item.text for item in items] == [True]


@pytest.mark.parametrize(
    ("address", "coordinated", "open_", "healthy"),
    [
        ("koordination@solingen.example", False, True, True),
        ("", True, True, True),
        (" ", False, True, False),
        ("", False, True, False),
        ("", False, False, True),
    ],
)
def test_a_group_that_nobody_hears_is_red(db, address, coordinated, open_, healthy):
    group = WorkingGroupFactory(
        name="Stille Gruppe", coordination_address=address, accepts_interest=open_
    )
    if coordinated:
        coordinator_of(group)

    problem = check_recipients()

    assert (problem is None) == healthy
    assert healthy or "Stille Gruppe" in problem.text


def test_an_inactive_deputy_is_not_counted_on(group):
    group.absent_until = timezone.localdate()
    group.save()
    group.deputies.add(UserFactory(is_active=False))

    assert [told.address for told in coordination(group)] == ["koordination@solingen.example"]
