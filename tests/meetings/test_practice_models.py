"""What the database keeps of practices and refuses of them."""

import pytest
from django.db import IntegrityError

from meetings.models import Practice
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db


def test_costs_end_not_below_where_they_begin():
    with pytest.raises(IntegrityError, match="practice_costs_at_most_after_at_least"):
        PracticeFactory(cost_from=5, cost_to=4)


def test_nothing_is_published_that_nobody_has_reviewed():
    with pytest.raises(IntegrityError, match="practice_is_reviewed_before_published"):
        PracticeFactory(state=Practice.State.PUBLISHED)
