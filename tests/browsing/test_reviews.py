"""Reviews, votes and the pages of another city in a real browser: accessible, on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from actionplan.models import PeerLink, Plan
from actionplan.review_demo import load_demo
from groups.models import User
from groups.services.accounts import enrol_totp
from tests.actionplan.reviews import peer_of, review_of, say
from tests.actionplan.writing import say as write
from tests.browser import PHONE, OpenPage, axe
from tests.factories import CityFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.live import session_of
from tests.plan_factories import PlanFactory, SectionTextFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(transactional_db: None, settings) -> Plan:
    plan: Plan = PlanFactory(group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP))
    return plan


@pytest.fixture
def coordinator(plan: Plan) -> User:
    user = coordinator_of(plan.group)
    enrol_totp(user, SECRET)
    return user


@pytest.fixture
def link(plan: Plan, coordinator: User) -> PeerLink:
    load_demo(plan)
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    write(row, "Wir haben viel Abwärme.", by=coordinator)
    review = review_of(plan, by=coordinator, people=[coordinator], sections=[row.section])
    say(review, coordinator, section=row.section)
    return peer_of(review, by=coordinator, city=CityFactory(language="de"))


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    axe(page)


def test_the_pages_of_a_review_and_of_a_city_are_accessible_and_fit(
    open_page: OpenPage, plan: Plan, link: PeerLink, coordinator: User, site: str, settings
) -> None:
    [section] = link.review.sections.all()
    theirs = [link.pk, link.token]
    page = open_page(**PHONE)
    look_at(page, reverse("plan:peer_review", args=theirs))
    look_at(page, reverse("plan:peer_section", args=[*theirs, section.pk]))

    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(coordinator), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    look_at(page, reverse("plan:reviews", args=[plan.slug]))
    look_at(page, reverse("plan:new_review", args=[plan.slug]))
    look_at(page, link.review.get_absolute_url())
    look_at(page, reverse("plan:peer_link", args=[plan.slug, link.review.pk, link.pk]))
    look_at(page, plan.approvals.get().get_absolute_url())
    look_at(page, reverse("plan:status", args=[plan.slug]))
