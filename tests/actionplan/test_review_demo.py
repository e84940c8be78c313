"""A review and a vote to try things with."""

import pytest

from actionplan.approval import approval_of
from actionplan.review_demo import PEER_CITY, load_demo
from tests.factories import CityFactory
from tests.plan_factories import PlanFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_closed_review_and_an_open_vote_once(plan, coordinator, member):
    city = CityFactory(slug=PEER_CITY)
    SectionFactory(plan=plan, key="context-situation")

    assert load_demo(plan)
    assert not load_demo(plan)

    review = plan.reviews.get()
    assert not review.is_open
    assert review.asked_at < review.closed_at
    assert {one.who for one in review.statements.all()} == {str(member), f"Ana Ejemplo, {city}"}
    assert all(one.is_answered for one in review.statements.all())
    assert plan.approvals.get().is_open
    assert approval_of(plan)["peers"]["cities"] == [city.name]


def test_without_coordination_there_is_nothing_to_load(db):
    assert not load_demo(PlanFactory())
