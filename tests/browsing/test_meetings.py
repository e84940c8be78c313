"""Meetings in a real browser: without scripts, on a phone, in both modes."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from groups.models import User, WorkingGroup
from groups.services.accounts import enrol_totp
from meetings.models import Meeting, Session
from tests.browser import OpenPage, axe, on_each_device
from tests.factories import coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.live import session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(transactional_db: None, settings) -> WorkingGroup:
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")
    return WorkingGroup.objects.default()


@pytest.fixture
def coordinator(group: WorkingGroup) -> User:
    user = coordinator_of(group)
    enrol_totp(user, SECRET)
    return user


def sign_in(page: Page, user: User, site: str, settings) -> Page:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


@on_each_device
def test_every_page_about_meetings_is_accessible_and_fits(
    open_page: OpenPage, site: str, coordinator: User, settings, options: dict
) -> None:
    page = sign_in(open_page(**options), coordinator, site, settings)

    for address in (
        reverse("meetings:list"),
        reverse("meetings:meeting", args=["2024-solingen"]),
        reverse("meetings:edit", args=["2023-aviles"]),
        reverse("meetings:move", args=["2023-aviles"]),
        reverse("meetings:copy", args=["2023-aviles"]),
    ):
        page.goto(address)
        assert page.url.endswith(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(page)


def test_without_scripts_a_row_is_added_and_an_error_has_the_focus(
    open_page: OpenPage, site: str, coordinator: User, settings
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, coordinator, site, settings)
    page.goto(reverse("meetings:edit", args=["2023-aviles"]))
    page.get_by_role("button", name=_("Add a session")).click()
    added = page.get_by_role("group", name=f"{_('Session')} 5")
    added.get_by_label(_("title").capitalize()).fill("Rundgang")
    page.get_by_role("button", name=_("Save")).last.click()

    expect(page.get_by_role("alert")).to_be_visible()
    added.get_by_label(_("kind").capitalize()).select_option("visit")
    page.get_by_role("button", name=_("Save")).last.click()

    expect(page.get_by_role("heading", name="Rundgang")).to_be_visible()
    assert Session.objects.filter(meeting=Meeting.objects.get(slug="2023-aviles")).count() == 5
