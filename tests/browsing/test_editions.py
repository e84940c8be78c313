"""Editions in a real browser: read, linked to, compared, published; on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from groups.models import User
from groups.services.accounts import enrol_totp
from tests.actionplan.publishing import publish, write, written
from tests.browser import OpenPage, axe, on_each_device
from tests.browsing.test_meetings import sign_in
from tests.factories import WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.writing import items, node, p
from tests.plan_factories import (
    ActionFactory,
    FundingFactory,
    IndicatorFactory,
    PlanFactory,
    RiskFactory,
    StepFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(transactional_db: None, settings):
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    return PlanFactory(group=group, title="Musterplan", takes_comments=True)


@pytest.fixture
def coordinator(plan) -> User:
    user = coordinator_of(plan.group)
    enrol_totp(user, SECRET)
    return user


@on_each_device
def test_every_page_about_editions_is_accessible_and_fits(
    open_page: OpenPage, site: str, plan, coordinator: User, settings, options: dict
) -> None:
    heading = node("heading", "Donaudampfschifffahrtsgesellschaft" * 3, level=2)
    tables = [node("liveTable", table=slug) for slug in ("gantt", "risks", "funding")]
    points = node("bulletList", *items("listItem", "Eins", "Zwei"))
    section = written(plan, p("Die Lage"), heading, points, *tables, by=coordinator, title="Lage")
    action = ActionFactory(plan=plan)
    for factory in (StepFactory, FundingFactory, IndicatorFactory, RiskFactory):
        factory(action=action)
    publish(plan, coordinator, note="Neu" * 60)
    write(section.texts.get().text, p("Die Lage ist gut"), by=coordinator)
    newest = publish(plan, coordinator)
    page = sign_in(open_page(**options), coordinator, site, settings)

    for address in (
        newest.get_absolute_url(),
        reverse("plan:edition", args=[plan.slug, 1]),
        reverse("plan:editions", args=[plan.slug]),
        reverse("plan:compare_editions", args=[plan.slug, 1, 2]),
        reverse("plan:edition_comments", args=[plan.slug, 2]),
        reverse("plan:comment_queue", args=[plan.slug]),
        reverse("plan:publish", args=[plan.slug]),
    ):
        page.goto(address)
        assert page.url.endswith(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(page)


def test_paragraphs_are_links_for_whoever_asks_and_in_nobody_elses_way(
    open_page: OpenPage, plan, coordinator: User
) -> None:
    written(plan, *(p(f"Absatz {n}") for n in range(1, 41)), by=coordinator, title="Lage")
    page = open_page(java_script_enabled=False)
    page.goto(publish(plan, coordinator).get_absolute_url())
    numbered = page.get_by_role("link", name="1-40", exact=True)  # none that is hidden
    expect(page.get_by_role("link", name="Link zu 1", exact=True)).to_have_count(1)
    expect(numbered).to_have_count(0)

    page.get_by_text("Absatz 40").hover()
    expect(numbered).to_be_visible()
    page.mouse.move(0, 0)
    expect(numbered).to_have_count(0)

    page.get_by_label("Nummern der Absätze, als Links").focus()
    page.keyboard.press("Space")
    numbered.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".passage:target")).to_contain_text("Absatz 40")
