"""What does not fit together in an action: a warning, never a stop."""

from datetime import date

import pytest
from django.utils import timezone

from actionplan.action_checks import warnings_of
from tests.plan_factories import ActionFactory, FundingFactory, FundingSourceFactory, StepFactory

pytestmark = pytest.mark.django_db


TOO_MUCH = "Die geplante Finanzierung (101 €) ist höher als die Kosten (100 €)."


@pytest.mark.parametrize(("cost", "warns"), [(100, [TOO_MUCH]), (101, []), (None, [])])
def test_funding_above_the_cost(cost, warns):
    action = ActionFactory(cost=cost)
    source = FundingSourceFactory(plan=action.plan)
    FundingFactory(action=action, source=source, year=2027, planned=60)
    FundingFactory(action=action, source=source, year=2028, planned=41)

    assert warnings_of(action) == warns


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ({"planned": 5, "secured": 6}, ["Haushalt 2027: Es ist mehr gesichert als geplant."]),
        (
            {"planned": 5, "secured": 1, "spent": 2},
            ["Haushalt 2027: Es ist mehr ausgegeben als gesichert."],
        ),
        ({"planned": 5, "secured": 5, "spent": 5}, []),
    ],
)
def test_more_secured_than_planned_or_spent_than_secured(amounts, told):
    row = FundingFactory(source__title="Haushalt", **amounts)

    assert warnings_of(row.action) == told


def test_not_funded_although_funding_stands_there():
    action = ActionFactory(is_unfunded=True)
    row = FundingFactory(action=action)
    assert warnings_of(action) == []

    row.planned = 1
    row.save()
    [told] = warnings_of(action)
    assert "nicht finanziert" in told


def test_a_step_that_begins_before_the_one_it_waits_for_has_ended():
    first = StepFactory(title="Planen", ends_on=date(2027, 5, 1))
    step = StepFactory(action=first.action, title="Bauen", starts_on=date(2027, 4, 30))
    step.after.set([first])

    number = first.action.number
    assert warnings_of(first.action) == [
        f"„Bauen“ beginnt, bevor „Planen“ (Maßnahme {number}) am 1. Mai 2027 beendet ist."
    ]
    step.starts_on = date(2027, 5, 1)
    step.save()
    assert warnings_of(first.action) == []


@pytest.mark.parametrize("ended", ["dropped_at", "deleted_at"])
def test_a_step_that_waits_for_an_action_that_is_no_more(ended):
    step = StepFactory()
    step.after.set([StepFactory(**{f"action__{ended}": timezone.now()})])

    [told] = warnings_of(step.action)
    assert "ist fallen gelassen oder im Papierkorb" in told


def test_a_step_outside_the_period_of_the_action():
    action = ActionFactory(starts_on=date(2027, 3, 1), ends_on=date(2027, 6, 1))
    StepFactory(action=action, title="Bauen", starts_on=date(2027, 2, 28), ends_on=date(2027, 6, 2))

    assert warnings_of(action) == [
        "„Bauen“ beginnt vor der Maßnahme selbst.",
        "„Bauen“ endet nach der Maßnahme selbst.",
    ]
