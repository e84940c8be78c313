"""Comments and pictures, on the page of a note: from the text to the thread and back."""

import struct
import zlib

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from in4green.livetext.models import CommentThread
from tests.browser import PHONE, axe
from tests.livetext.editing import Author, Room
from tests.support.pages import Watch
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

SELECTED = "({editor: {state: {doc, selection}}}) => doc.textBetween(selection.from, selection.to)"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def png(width: int = 2, height: int = 1) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x0e\x6b\x4c" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = part(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + packed + part(b"IEND", b"")


def margin(author: Author) -> Locator:
    return author.page.get_by_role("complementary", name=_("Comments"))


def comment(author: Author, words: str) -> None:
    """On what is selected."""
    author.page.keyboard.press("Control+Alt+m")
    dialog = author.page.get_by_role("dialog", name=_("Comment on this passage"))
    dialog.get_by_label(_("Comment")).fill(words)
    dialog.get_by_role("button", name=_("Send")).click()
    expect(dialog).not_to_be_visible()


def test_a_passage_is_commented_answered_and_resolved_while_both_look_on(room: Room) -> None:
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Beispiel")
    anna.type("Grün ist gut.")
    anna.is_saved()
    ben.sees("Grün ist gut.")
    anna.page.keyboard.press("Home")
    for _letter in "Grün":
        anna.page.keyboard.press("Shift+ArrowRight")
    # The browser tells the editor of a selection a moment later.
    wait_for(lambda: anna.text.evaluate(SELECTED) == "Grün")
    comment(anna, f"Welches Grün? {HOSTILE}")

    thread = margin(anna).get_by_role("article")
    expect(thread).to_contain_text("Welches Grün?")
    expect(thread).to_be_focused()
    for author in (anna, ben):
        expect(author.text.locator("mark")).to_have_text("Grün")
        expect(margin(author).locator("img, script")).to_have_count(0)
    axe(anna.page)

    # From the text to the thread, and back, by keys alone.
    ben.text.focus()
    ben.page.keyboard.press("Control+Home")
    ben.page.keyboard.press("ArrowRight")
    ben.page.keyboard.press("Control+Alt+m")
    thread = margin(ben).get_by_role("article")
    expect(thread).to_be_focused()
    thread.get_by_role("link").press("Enter")
    expect(ben.text).to_be_focused()
    assert ben.page.evaluate("getSelection().toString()") == "Grün"

    thread.get_by_text(_("Answer"), exact=True).click()
    thread.get_by_role("textbox").fill("Das von Solingen.")
    thread.get_by_role("button", name=_("Send")).click()
    expect(thread).to_contain_text("Das von Solingen.")
    expect(margin(anna)).to_contain_text("Das von Solingen.")

    margin(anna).get_by_role("button", name=_("Resolve")).click()
    # Who has just answered keeps the thread in view, and can open it again.
    expect(margin(ben).get_by_role("button", name=_("Reopen"))).to_be_visible()
    ben.type(" Und weiter.")
    anna.sees("Und weiter.")
    assert CommentThread.objects.get().resolved_at


def test_an_answer_that_is_being_written_survives_the_renewal_of_the_list(room: Room) -> None:
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Beispiel")
    anna.type("Eins zwei")
    anna.is_saved()
    anna.page.keyboard.press("Control+a")
    comment(anna, "Erste Frage")
    thread = margin(ben).get_by_role("article")
    thread.get_by_text(_("Answer"), exact=True).click()
    thread.get_by_role("textbox").fill("Halb geschrie")

    margin(anna).get_by_text(_("Answer"), exact=True).click()
    margin(anna).get_by_role("article").get_by_role("textbox").fill("Dazwischen")
    margin(anna).get_by_role("button", name=_("Send")).click()
    expect(thread).to_contain_text("Dazwischen")
    expect(thread.get_by_role("textbox")).to_have_value("Halb geschrie")
    expect(thread.get_by_role("textbox")).to_be_focused()


def test_a_form_that_was_opened_stays_open_when_the_list_is_renewed(room: Room) -> None:
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Beispiel")
    anna.type("Eins zwei")
    anna.is_saved()
    anna.page.keyboard.press("Control+a")
    comment(anna, "Erste Frage")
    thread = margin(ben).get_by_role("article")
    thread.get_by_text(_("Answer"), exact=True).click()

    anna.page.keyboard.press("Control+a")
    comment(anna, "Zweite Frage")
    expect(margin(ben)).to_contain_text("Zweite Frage")
    expect(thread.first.get_by_role("textbox")).to_be_visible()


def test_on_a_phone_the_comments_are_a_sheet(room: Room) -> None:
    phone = room.visit("Anna Beispiel", **PHONE)
    phone.type("Wort")
    phone.is_saved()
    phone.page.keyboard.press("Control+a")
    phone.tool(_("Comment")).click()
    dialog = phone.page.get_by_role("dialog")
    axe(phone.page)
    dialog.get_by_label(_("Comment")).fill("Passt das?")
    dialog.get_by_role("button", name=_("Send")).click()
    thread = margin(phone).get_by_role("article")
    expect(thread).to_be_in_viewport()
    axe(phone.page)
    phone.page.keyboard.press("Escape")
    expect(thread).not_to_be_visible()
    phone.tool(_("Comments")).click()
    expect(thread).to_be_visible()


def test_a_picture_needs_words_for_those_who_cannot_see_it(room: Room) -> None:
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Beispiel")
    anna.focus()
    anna.tool(_("Picture")).click()
    dialog = anna.page.get_by_role("dialog", name=_("Picture"))
    axe(anna.page)
    file = {"name": "bild.png", "mimeType": "image/png", "buffer": png()}
    dialog.get_by_label(_("File")).set_input_files([file])
    dialog.get_by_role("button", name=_("Insert")).click()
    expect(dialog).to_be_visible()
    dialog.get_by_label(_("What is to be seen?")).fill("Ein grüner Balken")
    dialog.get_by_role("button", name=_("Insert")).click()

    # Whoever goes on at once writes behind it, not in its place.
    expect(dialog).not_to_be_visible()
    anna.page.keyboard.type("Danach")
    picture = ben.text.get_by_role("img", name="Ein grüner Balken")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 2
    ben.sees("Danach")
    anna.paste(anna.text.locator("img").evaluate("image => image.outerHTML"))
    anna.page.keyboard.type("Ende")
    ben.sees("Ende")
    assert [block["type"] for block in ben.content()] == ["image", "paragraph"] * 2
    anna.is_saved()


def test_what_is_no_picture_is_refused_in_words(room: Room, watch: Watch) -> None:
    anna = room.visit("Anna Beispiel")
    anna.focus()
    anna.tool(_("Picture")).click()
    dialog = anna.page.get_by_role("dialog", name=_("Picture"))
    file = {"name": "bild.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    dialog.get_by_label(_("File")).set_input_files([file])
    dialog.get_by_label(_("What is to be seen?")).fill("Nichts")
    with anna.page.expect_response("**/*") as answer:
        dialog.get_by_role("button", name=_("Insert")).click()
    assert answer.value.status == 400
    watch.faults.remove(f"400 for {answer.value.url}")

    expect(dialog.get_by_role("alert")).not_to_be_empty()
    expect(anna.text.get_by_role("img")).to_have_count(0)
