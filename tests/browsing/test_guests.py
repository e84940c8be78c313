"""A partner city's pages in a real browser: accessible, and walked through by keyboard."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from groups.models import User
from groups.services.accounts import enrol_totp
from meetings.models import GuestLink, Practice
from tests.browser import PHONE, OpenPage, axe
from tests.factories import (
    ChallengeFactory,
    GuestLinkFactory,
    MeetingFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.doors import SECRET
from tests.livetext.live import session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(transactional_db: None, settings) -> GuestLink:
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    link: GuestLink = GuestLinkFactory(group=group)
    link.meetings.add(MeetingFactory(group=group, host=link.city))
    return link


@pytest.fixture
def coordinator(link: GuestLink) -> User:
    user = coordinator_of(link.group)
    enrol_totp(user, SECRET)
    return user


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    axe(page)


def test_the_pages_of_guests_and_of_coordination_are_accessible_and_fit(
    open_page: OpenPage, link: GuestLink, coordinator: User, site: str, settings
) -> None:
    challenge = ChallengeFactory(group=link.group, is_public=True)
    ours = [link.pk, link.token]
    page = open_page(**PHONE)
    for name, *more in (
        ("home",),
        ("new_practice",),
        ("meeting", link.meetings.get().pk),
        ("answer", challenge.slug),
    ):
        look_at(page, reverse(f"guests:{name}", args=[*ours, *more]))
    look_at(page, reverse("guests:home", args=[link.pk, "x" * 32]))

    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(coordinator), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    look_at(page, reverse("guest_links:list"))
    look_at(page, reverse("guest_links:link", args=[link.pk]))


def test_a_guest_enters_a_practice_and_hands_in_by_keyboard_without_scripts(
    open_page: OpenPage, link: GuestLink
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reverse("guests:home", args=[link.pk, link.token]))
    page.get_by_role("link", name=_("Enter a practice")).press("Enter")
    page.get_by_label(_("title").capitalize(), exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(_("title").capitalize(), exact=True).fill("Maschinen leihen")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("link", name="Maschinen leihen")).to_be_visible()
    page.get_by_role("button", name=_("Hand in")).press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        _("Thank you, everything has arrived")
    )
    assert Practice.objects.get().guest_link == link
    assert page.context.cookies() == []
