"""Rows with all that belongs to them, by one question."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import OuterRef

from actionplan.gathering import gather
from actionplan.models import Action, Indicator, Step
from tests.plan_factories import ActionFactory, IndicatorFactory, StepFactory

pytestmark = pytest.mark.django_db
KINDS = {
    "steps": Step.objects.filter(action=OuterRef("pk")),
    "indicators": Indicator.objects.filter(action=OuterRef("pk")),
}


def found():
    return list(gather(Action.objects.all(), KINDS))


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_brings_each_row_its_own_parts(plan, count, django_assert_num_queries):
    for action in ActionFactory.create_batch(count, plan=plan):
        StepFactory.create_batch(2, action=action)

    with django_assert_num_queries(1):
        rows = found()

    assert len(rows) == count
    for action, its in rows:
        assert its == {"steps": list(action.steps.all()), "indicators": []}


def test_parts_come_in_their_own_order(plan):
    action = ActionFactory(plan=plan)
    for title, position in (("zuletzt", 2), ("zuerst", 0), ("mitten", 1)):
        StepFactory(action=action, title=title, position=position)

    [(_action, its)] = found()

    assert [step.title for step in its["steps"]] == ["zuerst", "mitten", "zuletzt"]


def test_what_they_say_is_what_the_database_says(plan):
    action = ActionFactory(plan=plan)
    made = IndicatorFactory(
        action=action,
        baseline=Decimal("0.1"),
        target=Decimal("123456789012.3400"),
        target_on=date(2030, 12, 31),
        baseline_on=None,
        title='"Anführung" \\ Zeile\nzwei',
    )

    [(_action, its)] = found()

    kept = Indicator.objects.get(pk=made.pk)
    for field in Indicator._meta.concrete_fields:
        assert getattr(its["indicators"][0], field.attname) == getattr(kept, field.attname)
