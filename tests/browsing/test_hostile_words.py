"""What somebody called himself, or hid in a text, runs on none of the pages about the text."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Dialog, Page, expect

from groups.models import Note, User
from in4green.livetext.archive import versions
from in4green.livetext.discussion.anchors import Passage
from tests.livetext.editing import Room
from tests.livetext.talking import begin
from tests.livetext.texts import Person

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = '"><img src=x onerror=alert(1)><a href="javascript:alert(2)">'
SCRIPT = "javascript:alert(3)"
RUNNING = "img[src=x], [onerror], script:not([src])"


@pytest.fixture
def note(room: Room) -> Note:
    room.note.title = HOSTILE
    room.note.save()
    return room.note


@pytest.fixture
def evil(room: Room) -> User:
    return room.member(HOSTILE)


def hide_link(root: Any) -> None:
    """As no editor of ours would write it, straight into the document."""
    words = root.children[0].children[0]
    words.insert(0, "Klick", {"link": {"href": SCRIPT}})


def is_harmless(page: Page) -> None:
    expect(page.locator(RUNNING)).to_have_count(0)
    schemes = page.evaluate("[...document.links].map(link => link.protocol)")
    assert set(schemes) <= {"http:", "https:", "mailto:"}


def pages_about(note: Note) -> list[str]:
    def at(name: str, *more: Any) -> str:
        return reverse(f"text:{name}", args=[note.text_id, *more])

    kept = note.text.versions.order_by("pk")
    old, new = kept[0].pk, kept[1].pk
    return [
        reverse("notebook:list"),
        note.get_absolute_url(),
        at("versions"),
        at("version", new),
        at("compare") + f"?old={old}",
        at("restore", old),
        at("comments"),
        at("edit"),
    ]


def test_a_hostile_name_and_a_hidden_link_run_nowhere(room: Room, note: Note, evil: User) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    author = Person(note.text, evil)
    author.add(HOSTILE)
    versions.save(note.text, by=evil, label=HOSTILE)
    author.commit(hide_link)
    note.text.refresh_from_db()
    versions.save(note.text, by=evil, label=HOSTILE)
    begin(note.text, evil, HOSTILE, passage=Passage("Klick", "", ""))
    page = room.author("Anna Beispiel").page
    page.on("dialog", refuse)

    for address in pages_about(note):
        answer = page.goto(address)
        assert answer
        assert answer.ok
        expect(page.locator("body")).to_contain_text(HOSTILE)
        is_harmless(page)
    assert dialogs == []


def test_a_hostile_link_in_the_form_without_scripts_is_words(room: Room, evil: User) -> None:
    Person(room.note.text, evil).add("Anfang")
    page = room.author(evil).page
    page.goto(reverse("text:edit", args=[room.note.text_id]))
    page.get_by_label(_("Text"), exact=True).fill(f"[Klick]({SCRIPT}) {HOSTILE}")
    page.get_by_role("button", name=_("Save"), exact=True).click()
    expect(page.locator("body")).to_contain_text("Klick")
    is_harmless(page)
