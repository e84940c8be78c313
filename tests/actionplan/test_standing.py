"""How far a plan has come: forward by one step, or back with a reason; each on a day."""

import pytest
from django.core.exceptions import ValidationError

from actionplan.models import PlanStatusChange
from actionplan.services import standing
from in4green.activity.models import LogEntry
from tests.actionplan.reviews import in_days

pytestmark = pytest.mark.django_db


def step(plan, to, days=0, *, by, note="", seen=None):
    plan.refresh_from_db()
    return standing.set_status(
        plan, status=to, happened_on=in_days(days), note=note, seen=seen or plan.status, by=by
    )


def test_a_plan_goes_forward_one_step_at_a_time(plan, coordinator):
    for at, status in enumerate(standing.STEPS[1:]):
        step(plan, status, at - 10, by=coordinator, note=f"Schritt {at}")

    plan.refresh_from_db()
    assert plan.status == "in_implementation"
    assert [change.status for change in plan.status_changes.all()] == standing.STEPS[:0:-1]
    assert LogEntry.objects.filter(action="plans.status", actor=coordinator).count() == 5


@pytest.mark.parametrize(
    ("to", "days", "note", "field"),
    [
        ("final", 0, "", "status"),  # two steps at once
        ("draft", 0, "", "status"),  # where it is
        ("nonsense", 0, "", "status"),
        ("roadmap", 0, "", "note"),  # back without a reason
        ("peer_reviewed", 1, "", "happened_on"),  # tomorrow
        ("peer_reviewed", -6, "", "happened_on"),  # before the step before
    ],
)
def test_what_can_not_be_is_refused_and_says_where(plan, coordinator, to, days, note, field):
    step(plan, "draft", -5, by=coordinator)

    with pytest.raises(ValidationError) as refused:
        step(plan, to, days, by=coordinator, note=note)

    assert list(refused.value.message_dict) == [field]
    plan.refresh_from_db()
    assert plan.status == "draft"
    assert PlanStatusChange.objects.count() == 1


def test_a_plan_goes_back_to_any_step_before_with_a_reason(plan, coordinator):
    for status in standing.STEPS[1:4]:
        step(plan, status, by=coordinator)

    step(plan, "draft", by=coordinator, note="Der Rat will Änderungen.")

    plan.refresh_from_db()
    assert plan.status == "draft"
    assert plan.status_changes.first().note == "Der Rat will Änderungen."


def test_the_same_day_and_the_day_before_today_are_fine(plan, coordinator):
    step(plan, "draft", -1, by=coordinator)
    step(plan, "peer_reviewed", -1, by=coordinator)

    assert PlanStatusChange.objects.count() == 2


def test_of_two_who_click_at_once_the_second_is_told(plan, coordinator):
    step(plan, "draft", by=coordinator)

    with pytest.raises(ValidationError) as refused:
        step(plan, "peer_reviewed", by=coordinator, seen="roadmap")
    assert refused.value.code == "meanwhile"


def test_who_goes_leaves_the_step(plan, coordinator):
    change = step(plan, "draft", by=coordinator)
    coordinator.delete()

    change.refresh_from_db()
    assert change.by is None
