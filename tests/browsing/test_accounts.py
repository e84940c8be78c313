"""Joining and signing in with a real browser: passkeys, the app, and pages that all can use."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, Route, expect

from groups.models import Membership, User, WorkingGroup
from groups.services.invitations import invite
from tests.browser import add_authenticator, axe
from tests.factories import PASSWORD, CityFactory, UserFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import mailed_code, newest_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(transactional_db: None, settings) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(
        slug=settings.DEFAULT_GROUP, name="In4Green Solingen", city=CityFactory(name="Solingen")
    )
    return group


@pytest.fixture
def guest(group: WorkingGroup, site: str) -> str:
    """Where the button in the mail leads."""
    invite(group, email="guest@example.org", name="Gast Geber", language="de", by=None)
    return newest_letter("invitation").url


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name=text, exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("nav.nav-wide").get_by_role("button", name=_("Sign out")).click()


def test_a_guest_joins_with_a_passkey_and_comes_back_with_it(page: Page, guest: str) -> None:
    add_authenticator(page)
    page.goto(guest)
    expect(page).to_have_title(re.compile(_("One more click")))
    press(page, _("Join with a passkey (recommended)"))
    expect(page.get_by_label(_("E-mail"))).to_be_disabled()
    expect(page.get_by_label(_("E-mail"))).to_have_value("guest@example.org")
    press(page, _("Continue"))
    press(page, _("Create passkey"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Gast Geber")
    expect(page.get_by_role("heading", name="In4Green Solingen")).to_be_visible()
    assert Membership.objects.get().user == User.objects.get(email="guest@example.org")
    assert not User.objects.get().has_usable_password()

    sign_out(page)
    page.goto(reverse("account_login"))
    press(page, _("Sign in with a passkey"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Gast Geber")


def test_a_cancelled_passkey_says_so_in_the_page(page: Page, guest: str) -> None:
    # A device that has no passkey for this portal.
    add_authenticator(page)
    page.goto(reverse("account_login"))
    press(page, _("Sign in with a passkey"))

    expect(page.get_by_role("alert")).to_be_visible()


def test_a_passkey_is_asked_for_once_its_scripts_are_there(page: Page, group: WorkingGroup) -> None:
    add_authenticator(page)
    held: list[Route] = []
    page.route("**/mfa/js/webauthn.js", lambda route: held.append(route))
    page.goto(reverse("account_login"), wait_until="commit")
    expect(page.get_by_role("button", name=_("Sign in with a passkey"))).to_be_disabled()

    held[0].continue_()
    press(page, _("Sign in with a passkey"))

    expect(page.get_by_role("alert")).to_be_visible()


def test_a_guest_joins_with_a_password_without_javascript(
    open_page: Callable[..., Page], guest: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(guest)
    press(page, _("Join with a password"))
    page.get_by_label(_("Password"), exact=True).fill("quiet river under seven bridges")
    press(page, _("Create account and join"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Gast Geber")


def test_who_coordinates_sets_up_the_app_before_anything_else(
    page: Page, group: WorkingGroup
) -> None:
    user = coordinator_of(group, name="Karla Koordination")
    page.goto("/admin/")
    page.get_by_label(re.compile("mail", re.IGNORECASE)).fill(user.email)
    page.get_by_label(re.compile("Passwor[dt]")).fill(PASSWORD)
    press(page, _("Sign in"))
    axe(page)
    page.get_by_label("Code").fill(mailed_code())
    press(page, _("Continue"))
    axe(page)
    press(page, _("No, ask me again next time"))

    expect(page.get_by_role("heading", level=1)).to_have_text(_("First set up a second factor"))
    axe(page)
    page.get_by_role("link", name=_("Set up an authenticator app")).click()
    secret = page.locator("code").inner_text()
    page.locator("input[name=code]").fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    press(page, _("Set up"))

    expect(page.get_by_role("heading", level=1)).to_have_text(_("Recovery codes"))
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    axe(page)
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/$"))

    page.goto(reverse("member:home"))
    axe(page)
    sign_out(page)
    page.goto(reverse("account_login"))
    page.get_by_label(re.compile("mail", re.IGNORECASE)).fill(user.email)
    page.get_by_label(re.compile("Passwor[dt]")).fill(PASSWORD)
    press(page, _("Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text(_("Your second factor, please"))
    axe(page)


def test_a_text_typed_too_late_is_sent_by_one_more_click(page: Page, group: WorkingGroup) -> None:
    user = UserFactory(name="Frieda Früher")
    sign_in(page, user)
    page.goto(reverse("member:profile"))
    page.get_by_label("Name").fill("Frieda Musterfrau-Später")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    # Somebody who was signed out still has a session of some kind.
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": "ended", "url": page.url}]
    )
    press(page, _("Save"))

    sign_in(page, user, go=False)
    expect(page.get_by_role("heading", level=1)).to_have_text(_("What you typed is still here"))
    expect(page.get_by_text("Frieda Musterfrau-Später")).to_be_visible()
    press(page, _("Send it now"))

    expect(page.get_by_role("status")).to_contain_text(_("Your profile is saved."))
    user.refresh_from_db()
    assert user.name == "Frieda Musterfrau-Später"


def sign_in(page: Page, user: User, *, go: bool = True) -> None:
    if go:
        page.goto(reverse("account_login"))
    page.get_by_label(re.compile("mail", re.IGNORECASE)).fill(user.email)
    page.get_by_label(re.compile("Passwor[dt]")).fill(PASSWORD)
    press(page, _("Sign in"))
    page.get_by_label("Code").fill(mailed_code())
    press(page, _("Continue"))
    press(page, _("No, ask me again next time"))


ACCOUNT_PAGES = [
    "member:home",
    "member:profile",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "usersessions_list",
    "account_logout",
]
DOORS = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]


def test_pages_of_the_account_are_accessible(
    open_page: Callable[..., Page], group: WorkingGroup
) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    user = UserFactory(name="Ina Ich")
    for name in DOORS:
        page.goto(reverse(name))
        axe(page)
        assert_fits(page)
    sign_in(page, user)
    for name in ACCOUNT_PAGES:
        page.goto(reverse(name))
        axe(page)
        assert_fits(page)


def test_pages_of_an_invitation_are_accessible(page: Page, guest: str) -> None:
    page.goto(guest)
    axe(page)
    press(page, _("Join with a password"))
    press(page, _("Create account and join"))
    expect(page).to_have_title(re.compile("^" + _("Error:")))
    axe(page)


def assert_fits(page: Page) -> None:
    """Nothing reaches over the right edge of a phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
