"""The plan in a browser: its order by keyboard and by hand, a text in two languages."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from actionplan.models import Plan
from actionplan.outline import in_order, tree
from actionplan.services import states
from groups.models import User
from groups.services.accounts import enrol_totp
from tests.actionplan.writing import say
from tests.browser import OpenPage, axe
from tests.browsing.test_meetings import sign_in
from tests.factories import WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.plan_factories import PlanFactory, SectionFactory, SectionTextFactory

UP, DOWN = re.compile("Nach oben.*Drei"), re.compile("Nach unten.*Drei")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(settings) -> Plan:
    return PlanFactory(group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP))


@pytest.fixture
def coordinator(plan: Plan) -> User:
    user = coordinator_of(plan.group, name="Erika Beispiel")
    enrol_totp(user, SECRET)
    return user


def order(plan: Plan) -> str:
    places = in_order(tree(plan.sections.all()))
    return " ".join(f"{place.number}:{place.section.title}" for place in places)


def test_sections_are_put_in_order_by_keyboard_and_by_hand(
    page: Page, site: str, plan: Plan, coordinator: User, settings
):
    for title in ("Eins", "Zwei", "Drei"):
        SectionFactory(plan=plan, title=title)
    sign_in(page, coordinator, site, settings)
    page.goto(reverse("plan:order", args=[plan.slug]))
    axe(page)

    up, down = (page.get_by_role("button", name=each) for each in (UP, DOWN))
    up.press("Enter")
    said = page.locator("[data-announce]")
    expect(said).to_have_text("„Drei“ ist jetzt Nummer 2.")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_have_text("„Drei“ ist jetzt Nummer 1.")
    # It can go no further up; the focus stays in its row.
    expect(down).to_be_focused()

    onto = page.locator("[data-place]", has_text="Eins").locator(".plan__row").bounding_box()
    page.locator("[data-place]", has_text="Drei").locator(".order__grip").hover()
    page.mouse.down()
    page.mouse.move(onto["x"] + 200, onto["y"] + onto["height"] / 2, steps=3)
    page.mouse.up()
    expect(said).to_have_text("„Drei“ ist jetzt Nummer 1.1.")
    assert order(plan) == "1:Eins 1.1:Drei 2:Zwei"


def test_two_languages_stand_side_by_side_and_on_a_phone_one_at_a_time(
    open_page: OpenPage, site: str, plan: Plan, coordinator: User, settings
):
    german = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    english = SectionTextFactory(section=german.section, language="en")
    say(german, "Wir brauchen Wärme.", by=coordinator)
    say(english, "We need heat.", by=coordinator)
    states.ask_review(german.section, by=coordinator)
    states.approve(german.section, by=coordinator)
    page = sign_in(open_page(), coordinator, site, settings)
    page.goto(german.get_absolute_url())

    words = [page.get_by_text(each) for each in ("Wir brauchen Wärme.", "We need heat.")]
    for width, both in ((1440, True), (1024, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 800})
        expect(words[0]).to_be_visible()
        expect(words[1]).to_be_visible(visible=both)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    axe(page)
    page.get_by_role("main").get_by_role("link", name="English").click()

    expect(page).to_have_url(re.compile("/en/$"))
    expect(words[1]).to_be_visible()
