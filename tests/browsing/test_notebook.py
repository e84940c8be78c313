"""The notebook in a real browser: with the editor, without scripts, by keyboard, in both modes."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from groups.models import Note, User
from in4green.livetext.archive import reading, versions
from in4green.livetext.models import LiveText
from tests.browser import PHONE, OpenPage, axe, on_each_device
from tests.factories import NoteFactory
from tests.livetext.editing import Room
from tests.livetext.live import session_of
from tests.livetext.people import editor_of
from tests.livetext.talking import write
from tests.livetext.test_views_editing import put
from tests.livetext.writing import doc, items, node, p, table

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT = {"java_script_enabled": False}


@pytest.fixture
def note(transactional_db: None) -> Note:
    note: Note = NoteFactory(title="Was wir gesehen haben")
    return note


@pytest.fixture
def anna(note: Note) -> User:
    return editor_of(note.group)


def sign_in(page: Page, user: User, site: str) -> Page:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def words_of(note: Note) -> str:
    text = LiveText.objects.get(pk=note.text_id)
    return str(reading.content(text))


def test_without_scripts_a_note_is_begun_written_renamed_and_closed(
    open_page: OpenPage, site: str, note: Note, anna: User
) -> None:
    page = sign_in(open_page(**WITHOUT), anna, site)
    page.goto(reverse("notebook:list"))
    page.get_by_role("link", name=_("Begin a note")).click()
    page.get_by_label(_("Title")).fill("Ideen")
    page.get_by_role("button", name=_("Begin"), exact=True).click()

    page.get_by_role("link", name=_("Edit without JavaScript")).click()
    page.get_by_label(_("Text"), exact=True).fill("## Wärme\n\n- teilen\n- speichern")
    page.get_by_role("button", name=_("Save"), exact=True).click()
    expect(page.get_by_role("heading", name="Wärme")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="speichern")).to_be_visible()
    expect(page.get_by_text(_("Opening the text …"))).to_be_hidden()

    page.get_by_role("link", name=_("Rename")).click()
    page.get_by_label(_("Title")).fill("Ideen zur Wärme")
    page.get_by_role("button", name=_("Save"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ideen zur Wärme")

    page.get_by_role("button", name=_("Close the note")).click()
    expect(page.get_by_role("link", name=_("Edit without JavaScript"))).to_be_hidden()
    expect(page.get_by_role("heading", name="Wärme", exact=True)).to_be_visible()


def test_without_scripts_two_people_in_one_text_lose_nothing(
    open_page: OpenPage, site: str, note: Note, anna: User
) -> None:
    write(note.text, anna, "eins", "zwei")
    page = sign_in(open_page(**WITHOUT), anna, site)
    page.goto(reverse("text:edit", args=[note.text_id]))
    write(note.text, editor_of(note.group), "EINS", "zwei")

    page.get_by_label(_("Text"), exact=True).fill("eins\n\nzwei und drei")
    page.get_by_role("button", name=_("Save"), exact=True).click()
    expect(page.get_by_role("heading", name=_("Somebody else was faster"))).to_be_visible()
    page.get_by_role("button", name=_("Go on editing my text")).click()
    page.get_by_label(_("Text"), exact=True).fill("eins\n\nzwei und vier")
    page.get_by_role("button", name=_("Save"), exact=True).click()
    page.get_by_role("button", name=_("Save both together")).click()

    expect(page.get_by_text("zwei und vier")).to_be_visible()
    assert "EINS" in words_of(note)


def test_without_scripts_an_older_state_comes_back(
    open_page: OpenPage, site: str, note: Note, anna: User
) -> None:
    write(note.text, anna, "damals")
    versions.save(note.text, by=anna, label="Nach dem Treffen")
    write(note.text, anna, "heute")
    page = sign_in(open_page(**PHONE, **WITHOUT), anna, site)
    page.goto(reverse("text:versions", args=[note.text_id]))

    page.get_by_role("button", name=_("Compare the two")).click()
    expect(page.locator("del").first).to_contain_text("damals")
    expect(page.locator("ins").first).to_contain_text("heute")
    page.get_by_role("link", name="Nach dem Treffen").click()
    page.get_by_role("link", name=_("Go back to this state")).click()
    page.get_by_role("button", name=_("Go back to this state")).click()

    expect(page.get_by_text("damals")).to_be_visible()


@on_each_device
def test_every_page_about_a_text_is_accessible_and_fits(
    open_page: OpenPage, site: str, note: Note, anna: User, options: dict
) -> None:
    everything = doc(
        node("heading", "Zwei Orte", level=2),
        p("Ein Absatz mit einem langen Wort: Müllheizkraftwerksbesichtigungstermin."),
        node("taskList", *items("taskItem", "offen")),
        table(["Ort", "Was dort zu sehen ist", "Unsere Frage"], ["a", "b", "c"]),
    )
    put(note.text, anna, everything)
    version = versions.save(note.text, by=anna, label="Nach dem Treffen")
    put(note.text, anna, doc(p("Ein anderer Absatz.")))
    NoteFactory(group=note.group, title="Noch leer")
    page = sign_in(open_page(**options), anna, site)
    of_text = [note.text_id]

    for address in (
        reverse("notebook:list"),
        reverse("notebook:begin"),
        reverse("notebook:rename", args=[note.pk]),
        reverse("text:edit", args=of_text),
        reverse("text:versions", args=of_text),
        reverse("text:version", args=[*of_text, version.pk]),
        reverse("text:restore", args=[*of_text, version.pk]),
        f"{reverse('text:compare', args=of_text)}?old={version.pk}",
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(page)


def test_the_page_that_says_who_was_faster_is_accessible(
    open_page: OpenPage, site: str, note: Note, anna: User
) -> None:
    write(note.text, anna, "eins")
    page = sign_in(open_page(), anna, site)
    page.goto(reverse("text:edit", args=[note.text_id]))
    write(note.text, anna, "EINS")
    page.get_by_label(_("Text"), exact=True).fill("eins und zwei")
    page.get_by_role("button", name=_("Save"), exact=True).click()

    expect(page.get_by_role("heading", name=_("Somebody else was faster"))).to_be_visible()
    axe(page)


def test_a_notes_page_opens_the_editor_and_what_is_typed_is_there_to_read(room: Room) -> None:
    anna = room.visit("Anna Beispiel")

    anna.type("Auf der richtigen Seite")
    anna.is_saved()
    axe(anna.page)

    assert "Auf der richtigen Seite" in words_of(room.note)
