"""From "I want to join in" to a member who is signed in: real browser, mails, relay and worker."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from groups.models import InterestSignup, Membership, User, WorkingGroup
from groups.services.accounts import enrol_totp
from tests.browser import add_authenticator, axe
from tests.factories import PASSWORD, coordinator_of
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

Status = InterestSignup.Status


@pytest.fixture
def group(settings) -> WorkingGroup:
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")
    return WorkingGroup.objects.default()


def link_in(mail) -> str:
    """The letter's one button."""
    return re.search(r"^https?://\S+$", mail.text, re.M)[0]


def mail_to(smtp_server, address: str, words: str):
    def arrived():
        return [
            mail
            for mail in smtp_server.messages
            if mail.recipients == [address] and words in mail.subject
        ]

    return wait_for(arrived, timeout=30)[0]


def fill_in_form(page: Page, **changes: str) -> None:
    typed = {"Ihr Name": "Žaneta Beispiel", "Ihre E-Mail-Adresse": "zaneta@example.org", **changes}
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Gewerkschaft").check()
    page.get_by_label("Energiewende").check()
    page.get_by_label("Ich bin einverstanden").check()


def send(page: Page) -> None:
    """A test types faster than a person: the form then asks once more, as it should."""
    with page.expect_navigation():
        page.get_by_role("button", name="Anmeldung senden").click()
    if page.get_by_role("alert").count():
        page.get_by_role("button", name="Anmeldung senden").click()


def sign_in_with_app(page: Page, user: User, secret: str) -> None:
    page.goto("/admin/")
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.locator("main form").first.get_by_role("button").first.click()
    counter = int(timezone.now().timestamp()) // 30
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, counter)))
    with page.expect_navigation():  # else the next page comes before the answer
        page.get_by_role("button", name="Anmelden").first.click()


def test_from_interest_to_membership(group, site, open_page, phone, smtp_server, valkey, spawn):
    """The citizen has a telephone, no JavaScript until the passkey, and no account."""
    erika, secret = coordinator_of(group, name="Erika Beispiel"), generate_totp_secret()
    enrol_totp(erika, secret)
    spawn.environment["BASE_URL"] = site
    spawn.worker()
    spawn.relay()

    # The citizen signs up and confirms.
    citizen = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    citizen.goto("/")
    citizen.get_by_role("link", name="Mitmachen").first.click()
    fill_in_form(citizen)
    send(citizen)
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    citizen.goto(link_in(mail_to(smtp_server, "zaneta@example.org", "Noch ein Klick")))
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Noch ein Klick")
    citizen.get_by_role("button", name="Meine Anmeldung bestätigen").click()
    expect(citizen.locator("[aria-current=step]")).to_contain_text(str(Status.RECEIVED.label))

    # Coordination is told, reads, and invites with a sentence of its own.
    told = mail_to(smtp_server, group.coordination_address, "Žaneta Beispiel")
    desk = open_page()
    sign_in_with_app(desk, erika, secret)
    desk.goto(link_in(told))
    axe(desk)
    desk.get_by_role("link", name="Annehmen und einladen").click()
    desk.get_by_role("button", name="Weiter zur E-Mail").click()
    body = desk.get_by_label("Text")
    body.fill(body.input_value() + "\n\nBis bald im Rathaus.")
    axe(desk)
    desk.get_by_role("button", name="Einladung senden").click()
    expect(desk.get_by_text("Die Einladung ist unterwegs.")).to_be_visible()
    citizen.reload()
    expect(citizen.locator("[aria-current=step]")).to_contain_text(str(Status.INVITED.label))

    # The person joins with a passkey and is signed in.
    invitation = mail_to(smtp_server, "zaneta@example.org", "Einladung")
    assert "Bis bald im Rathaus." in invitation.text
    add_authenticator(phone)
    phone.goto(link_in(invitation))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Noch ein Klick")
    axe(phone)
    phone.get_by_role("button", name=re.compile("Passkey")).click()
    phone.get_by_role("button", name="Weiter").click()
    passkey = phone.get_by_role("button", name="Passkey erstellen")
    expect(passkey).to_be_enabled()
    axe(phone)
    passkey.click()
    phone.wait_for_url("**/mitglieder/**")
    expect(phone.get_by_text("Žaneta Beispiel").first).to_be_visible()

    membership = Membership.objects.get(user__email="zaneta@example.org")
    assert (membership.group, membership.role) == (group, Membership.Role.EDITOR)
    assert InterestSignup.objects.get().status == Status.MEMBER
    citizen.reload()
    expect(citizen.locator("[aria-current=step]")).to_contain_text(str(Status.MEMBER.label))
    assert len(smtp_server.messages) == len({mail.message_id for mail in smtp_server.messages})
