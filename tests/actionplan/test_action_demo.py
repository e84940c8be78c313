"""Made-up actions for a plan to try things with."""

import pytest

from actionplan.action_checks import warnings_of
from actionplan.action_demo import load_demo
from actionplan.models import Action, TestingAction
from tests.factories import LessonFactory

pytestmark = pytest.mark.django_db


def test_the_demo_loads_eight_actions_once(plan, coordinator, member):
    lesson = LessonFactory(practice__group=plan.group)

    assert load_demo(plan)
    assert not load_demo(plan)

    actions = list(plan.actions.all())
    assert [action.number for action in actions] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(action.title.startswith("Beispiel") for action in actions)
    assert [action.number for action in actions if action.is_dropped] == [6]
    assert [action.number for action in actions if action.is_unfunded] == [5]
    assert list(lesson.actions.all()) == actions[:2]
    assert TestingAction.objects.count() == 2
    assert [warnings_of(action) for action in actions] == [[]] * 8
    for action in actions:
        action.full_clean()
        for row in (*action.steps.all(), *action.indicators.all(), *action.risks.all()):
            row.full_clean()


def test_nothing_is_loaded_where_nobody_coordinates(plan):
    assert not load_demo(plan)
    assert not Action.objects.exists()
