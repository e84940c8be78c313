"""The duties of the provider and the local mailbox, as visitors meet them."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import clear_url_caches
from playwright.sync_api import Browser, Page, expect

from groups.models import BarrierReport, WorkingGroup
from tests.browser import OpenPage, axe, on_each_device
from tests.common.test_mailbox import BACKEND, DevelopmentURLs
from tests.factories import WorkingGroupFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/barriere-melden/",
    "/barriere-melden/danke/",
    "/en/privacy/",
]


@pytest.fixture(autouse=True)
def group(db, settings) -> WorkingGroup:
    return WorkingGroupFactory(slug=settings.DEFAULT_GROUP)


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.ROOT_URLCONF = DevelopmentURLs
    clear_url_caches()
    yield lambda mail: get_connection(BACKEND).send_messages([mail])
    clear_url_caches()


@on_each_device
def test_the_duties_are_accessible_and_fit(open_page: OpenPage, options):
    page = open_page(**options)
    for address in PAGES:
        page.goto(address)
        axe(page)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{address} is wider than the window"


def test_a_barrier_is_reported_with_the_keyboard_alone(open_page: OpenPage):
    page = open_page(java_script_enabled=False)
    page.goto("/datenschutz/")
    page.get_by_role("link", name="Barriere melden").press("Enter")
    expect(page.get_by_label("Auf welcher Seite?")).to_have_value("/datenschutz/")

    page.get_by_role("button", name="Meldung senden").press("Enter")
    expect(page).to_have_title("Fehler: Barriere melden · In4Green Solingen")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Was funktioniert nicht?")).to_be_focused()
    page.keyboard.type("Die Karte <b>hat</b> keinen Text & nichts.")
    page.get_by_role("button", name="Meldung senden").press("Enter")
    if page.get_by_role("alert").count():  # faster than a person: asked to confirm
        page.get_by_role("button", name="Meldung senden").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldung ist eingegangen")
    assert BarrierReport.objects.get().description == "Die Karte <b>hat</b> keinen Text & nichts."


def test_a_hostile_mail_does_nothing_in_the_mailbox(browser: Browser, site: str, mailbox):
    """In a window of its own, because Chromium reports each attempt to its console."""
    harm = "<script>document.title = 'harm'; parent.document.title = 'harm'</script>"
    mail = EmailMultiAlternatives(f"{harm}Betreff", harm, "a@example.org", ["b@example.org"])
    mail.attach_alternative(
        f'{harm}<p style="color: rgb(1, 2, 3)">Guten Tag</p><a href="/impressum/">Weiter</a>',
        "text/html",
    )
    mailbox(mail)
    context = browser.new_context(base_url=site, locale="de-DE")
    page = context.new_page()
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text))

    page.goto("/mailbox/")
    axe(page)
    page.get_by_role("link", name="Betreff").click()
    letter = page.frame_locator("iframe")
    expect(letter.get_by_text("Guten Tag")).to_have_css("color", "rgb(1, 2, 3)")
    assert page.title().startswith("<script>document.title")  # harmless text, not "harm"
    assert len(reports) == 1
    assert reports[0].startswith("Blocked script execution")

    letter.get_by_role("link", name="Weiter").click()
    expect(page).to_have_url(f"{site}/impressum/")
    context.close()


def test_the_mailbox_is_emptied_by_its_button(page: Page, mailbox):
    mailbox(EmailMultiAlternatives("Betreff", "Text", "a@example.org", ["b@example.org"]))
    page.goto("/mailbox/")
    page.get_by_role("button").filter(has_text="löschen").click()
    expect(page.get_by_text("Noch keine E-Mails.")).to_be_visible()
