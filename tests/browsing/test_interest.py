"""The sign-up's pages in a browser: accessible, by keyboard alone, and deaf to hostile text."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from groups.models import InterestSignup
from tests.browser import PHONE, axe
from tests.factories import SignupFactory, TopicFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db(transaction=True)

Status = InterestSignup.Status
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'`{{7*7}}"


@pytest.fixture
def group(settings):
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP, name="In4Green Solingen")
    group.topics.add(TopicFactory(), TopicFactory())
    return group


def address(name, signup):
    token = signup.confirmation_token if name == "confirm" else signup.token
    return reverse(f"interest:{name}", args=[signup.pk, token])


@pytest.mark.parametrize(
    ("device", "language"),
    [("phone", "de"), pytest.param("desk", "en", marks=pytest.mark.chaos)],
)
def test_every_page_of_a_sign_up_is_accessible(group, open_page, device, language):
    signup = SignupFactory(
        group=group, status=Status.IN_REVIEW, question="Woher kommen Sie?", message="Hallo"
    )
    unconfirmed = SignupFactory(group=group, unconfirmed=True)
    declined = SignupFactory(group=group, status=Status.DECLINED, decline_reason="Voll.")
    with translation.override(language):
        pages = [reverse("interest:form"), reverse("interest:sent")]
        pages += [address("confirm", unconfirmed), address("status", declined)]
        pages += [address(name, signup) for name in ("status", "correct", "withdraw")]
    page = open_page(**(PHONE if device == "phone" else {}))

    for each in pages:
        page.goto(each)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{each} has to be scrolled sideways"


def test_errors_have_the_focus_and_lead_to_their_fields(group, page):
    page.goto("/mitmachen/")
    page.get_by_label("Ihr Name").fill("Ada Beispiel")
    page.get_by_role("button", name="Anmeldung senden").click()

    assert page.title().startswith("Fehler:")
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    expect(page.get_by_label("Ihr Name")).to_have_value("Ada Beispiel")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_be_focused()


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(group, page):
    page.goto("/mitmachen/")
    page.get_by_label("Ihr Name").focus()
    for keys in ("Ada Beispiel", "ada@example.org", "Musterfirma"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first kind
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first topic
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Hallo")
    page.keyboard.press("Tab")  # the language, chosen already
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the consent, behind the link to the privacy notice
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.get_by_role("alert").count():  # faster than any person: asked once more
        page.get_by_role("button", name="Anmeldung senden").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    signup = InterestSignup.objects.get()
    assert (signup.name, signup.organisation, signup.message, signup.kind) == (
        "Ada Beispiel",
        "Musterfirma",
        "Hallo",
        "municipal_company",
    )
    assert signup.topics.count() == 1


def test_the_trap_is_unreachable_for_people(group, page):
    page.goto("/mitmachen/")

    expect(page.get_by_label("Bitte lassen Sie dieses Feld leer")).not_to_be_in_viewport()
    tree = page.locator("main").aria_snapshot()
    assert "leer" not in tree


def test_hostile_text_runs_nowhere(group, page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    signup = SignupFactory(
        group=group,
        name=HOSTILE[:120],
        organisation=HOSTILE,
        message=HOSTILE,
        status=Status.IN_REVIEW,
        question=HOSTILE,
        answer=HOSTILE,
    )

    for name in ("status", "correct", "withdraw"):
        page.goto(address(name, signup))
        assert page.locator("main img, main script").count() == 0

    assert dialogs == []
