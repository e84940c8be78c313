"""The comments of a text in a real browser: to be read, reached by keyboard, written by form."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import Note, User
from in4green.livetext.discussion import comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.models import CommentThread
from tests.browser import PHONE, OpenPage, axe
from tests.factories import NoteFactory, WorkingGroupFactory
from tests.livetext.live import session_of
from tests.livetext.talking import begin, member, write

pytestmark = pytest.mark.django_db(transaction=True)

LINES = (
    "Bis 2030 sollen die Gewerbegebiete der Stadt ihre Abwärme gemeinsam nutzen.",
    "Dafür verbinden wir drei Ziele, die sich gegenseitig stützen.",
    "Die Arbeitsgruppe hat beide Maßnahmen nach dem Besuch aufgenommen.",
)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
NO_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def note(site: str) -> Note:
    note: Note = NoteFactory(
        group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP), title="Ziele und Ansatz"
    )
    return note


@pytest.fixture
def anna(note: Note) -> User:
    return member(note.group, "Anna Beispiel")


@pytest.fixture
def ben(note: Note) -> User:
    return member(note.group, "Ben Muster")


@pytest.fixture
def thread(note: Note, anna: User, ben: User) -> CommentThread:
    """One of two that are open; two more are resolved or have lost their passage."""
    write(note.text, anna, *LINES, "Dieser Satz geht.")
    begin(note.text, ben, "Braucht es den?", Passage("Dieser Satz geht"))
    done = begin(note.text, ben, "Welche drei?", Passage("drei Ziele"))
    comments.resolve(done, by=anna)
    write(note.text, anna, *LINES)
    begin(note.text, anna, HOSTILE, Passage("beide Maßnahmen"))
    thread = begin(
        note.text,
        ben,
        "Gilt das auch für Betriebe außerhalb der Gebiete?\n\nDann fehlt hier ein Halbsatz.",
        Passage("ihre Abwärme gemeinsam nutzen"),
        mentions=[anna],
    )
    comments.reply(thread, by=anna, body="Ja, das haben wir im Treffen so besprochen.")
    return thread


def visit(page: Page, note: Note, user: User, name: str = "comments") -> Page:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user)}
    page.context.add_cookies([{**cookie, "domain": "localhost", "path": "/"}])
    page.goto(reverse(f"text:{name}", args=[note.text_id]))
    return page


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(PHONE, id="phone"),
        pytest.param({}, id="desk", marks=pytest.mark.chaos),
        pytest.param(
            {"viewport": {"width": 768, "height": 1024}}, id="tablet", marks=pytest.mark.chaos
        ),
    ],
)
@pytest.mark.parametrize("name", ["comments", "new_comment"])
def test_the_pages_are_accessible_and_fit(
    open_page: OpenPage, note: Note, anna: User, thread: CommentThread, name: str, options: dict
) -> None:
    page = visit(open_page(**options), note, anna, name)

    for summary in page.locator("summary").filter(visible=True).all():
        if summary.inner_text() in ("Antworten", "Ändern Ihren Kommentar"):
            summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_leads_from_the_passage_to_the_thread_and_back(
    page: Page, note: Note, anna: User, thread: CommentThread
) -> None:
    visit(page, note, anna)
    sign = page.locator(f".writing a[href='#thread-{thread.pk}']")
    assert sign.inner_text().split() == ["Kommentar", "1"]
    sign.focus()

    page.keyboard.press("Enter")
    talk = page.get_by_role("article", name="Kommentar 1 Zur Stelle: ihre Abwärme")
    expect(talk).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("mark:target")).to_have_text("ihre Abwärme gemeinsam nutzen")


def test_the_talk_goes_on_without_javascript(
    open_page: OpenPage, note: Note, anna: User, ben: User
) -> None:
    write(note.text, anna, *LINES)
    page = visit(open_page(**NO_SCRIPT), note, anna)
    page.get_by_role("link", name="Eine Stelle kommentieren").click()
    page.get_by_label(LINES[1]).check()
    page.get_by_label("Kommentar", exact=True).fill("Welche drei?")
    page.get_by_label("Jemanden per E-Mail hinweisen").select_option("Ben Muster")
    page.get_by_role("button", name="Senden").click()

    talk = page.get_by_role("article")
    expect(talk).to_contain_text("Welche drei?")
    expect(talk).to_contain_text("Per E-Mail hingewiesen: Ben Muster")
    expect(page.locator("mark")).to_have_text(LINES[1])

    talk.get_by_text("Antworten").click()
    talk.get_by_label("Ihre Antwort").fill("Die aus dem Antrag.")
    talk.get_by_role("button", name="Senden").click()
    expect(talk).to_contain_text("Die aus dem Antrag.")

    talk.get_by_role("button", name="Erledigt").click()
    expect(talk).to_contain_text("Erledigt von Anna Beispiel")
    assert page.url.endswith(f"#{talk.get_attribute('id')}")
    talk.get_by_role("button", name="Wieder öffnen").click()
    expect(talk.get_by_role("button", name="Erledigt")).to_be_visible()


def test_nothing_that_was_said_ever_runs(
    page: Page, note: Note, anna: User, thread: CommentThread
) -> None:
    spoken: list[str] = []
    page.on("dialog", lambda dialog: spoken.append(dialog.message))
    visit(page, note, anna)

    expect(page.get_by_role("paragraph").filter(has_text=HOSTILE)).to_be_visible()
    assert page.locator("main img, main script").count() == 0
    assert spoken == []
