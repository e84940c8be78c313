"""The admin wears the portal's clothes and keeps the strict CSP."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage, axe
from tests.factories import CityFactory, OrganisationFactory, WorkingGroupFactory, coordinator_of
from tests.groups.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/en/admin/",
    "/en/admin/groups/interestsignup/",
    "/en/admin/groups/organisation/",
    "/en/admin/groups/organisation/add/",
    "/en/admin/activity/delivery/",
]


def coordinate(page: Page, site: str, client: Client) -> None:
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP, city=CityFactory())
    OrganisationFactory(city=group.city)
    sign_in_staff(client, coordinator_of(group))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def test_the_admin_is_accessible_and_breaks_no_rule(open_page: OpenPage, site, client):
    page = open_page()
    coordinate(page, site, client)
    for address in PAGES:
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        axe(page)


def test_the_admin_fits_on_a_phone(open_page: OpenPage, site, client):
    phone = open_page(**PHONE)
    coordinate(phone, site, client)
    for address in PAGES:
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address
        expect(phone.get_by_role("button", name="Sign out")).to_be_in_viewport()


def test_the_admin_has_the_colours_and_the_type_of_the_portal(page: Page, site, client):
    coordinate(page, site, client)
    page.goto("/en/admin/")
    heading = page.locator("h1")

    expect(heading).to_have_css("color", "rgb(28, 38, 43)")
    assert "Source Sans 3" in heading.evaluate("e => getComputedStyle(e).fontFamily")
    page.emulate_media(color_scheme="dark")
    expect(heading).to_have_css("color", "rgb(231, 238, 236)")
