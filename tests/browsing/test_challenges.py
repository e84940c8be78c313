"""Challenges and lessons in a real browser: by keyboard, on a phone, read by a machine."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from groups.models import User, WorkingGroup
from groups.services.accounts import enrol_totp
from meetings.models import Challenge, Lesson
from tests.browser import PHONE, OpenPage, axe
from tests.factories import (
    AnswerFactory,
    ChallengeFactory,
    LessonFactory,
    MembershipFactory,
    PracticeFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.doors import SECRET
from tests.livetext.live import session_of

pytestmark = pytest.mark.django_db(transaction=True)
NAME_OF_FOCUS = """() => {
  const here = document.activeElement;
  return [here, ...(here.labels ?? [])].map((one) => one.innerText).join(" ");
}"""


@pytest.fixture
def challenge(transactional_db: None, settings) -> Challenge:
    group: WorkingGroup = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    challenge: Challenge = ChallengeFactory(group=group, title="Wohin mit der Abwärme?")
    return challenge


def sign_in(page: Page, user: User, site: str, settings) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def press(page: Page, name: str, key: str) -> None:
    """Tabs to what bears this name, as far as the page goes, and presses the key."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(NAME_OF_FOCUS):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never comes to “{name}”.")


def test_a_member_answers_a_challenge_by_keyboard_alone(
    open_page: OpenPage, challenge: Challenge, site: str, settings
) -> None:
    practice = PracticeFactory(group=challenge.group, title="Fernwärme", published=True)
    page = open_page()
    user = MembershipFactory(group=challenge.group).user
    sign_in(page, user, site, settings)
    page.goto(challenge.get_absolute_url())

    press(page, _("Answer"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(_("Answer a challenge"))
    axe(page)
    press(page, _("Your answer"), "I")
    page.keyboard.type("ns Schwimmbad.")
    press(page, practice.title, "Space")
    press(page, _("Send the answer"), "Enter")

    row = page.get_by_role("article", name=challenge.group.city.name)
    expect(row).to_contain_text("Ins Schwimmbad.")
    expect(row.get_by_role("link", name=practice.title)).to_be_visible()
    axe(page)


def test_the_pages_are_accessible_and_fit_on_a_phone(
    open_page: OpenPage, challenge: Challenge, site: str, settings
) -> None:
    AnswerFactory(challenge=challenge)
    lesson: Lesson = LessonFactory(practice__group=challenge.group, practice__published=True)
    phone = open_page(**PHONE, color_scheme="dark")
    user = coordinator_of(challenge.group)
    enrol_totp(user, SECRET)
    sign_in(phone, user, site, settings)

    for address in (
        reverse("lessons:list"),
        lesson.get_absolute_url(),
        reverse("lessons:edit", args=[lesson.pk]),
        reverse("challenges:list"),
        challenge.get_absolute_url(),
        reverse("challenges:link", args=[challenge.slug]),
    ):
        phone.goto(address)
        assert phone.url.endswith(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(phone)
