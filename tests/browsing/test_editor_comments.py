"""Comments in the editor: from a selection to a thread that everybody sees, and back."""

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from in4green.livetext import comments
from in4green.livetext.anchors import Passage
from in4green.livetext.models import CommentThread
from tests.browser import PHONE, axe
from tests.livetext.editing import Author, Role, Room
from tests.livetext.talking import begin, write

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Wir nutzen die Abwärme gemeinsam."
SELECT = """(text, words) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        text.focus();
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        return;
    }
    throw new Error(`${words} is not in the text`);
}"""


def write_sentence(room: Room, *lines: str) -> None:
    write(room.note.text, room.member("Wer Vorher Schrieb"), *(lines or [SENTENCE]))


def enter(room: Room, name: str, role: str = Role.EDITOR, **options: object) -> Author:
    """At the page of the note, with its comments beside the text."""
    author = room.author(name, role, **options)
    author.address = room.note.get_absolute_url()
    return author.open()


def select(author: Author, words: str) -> None:
    author.text.evaluate(SELECT, words)
    author.page.wait_for_function(
        "words => document.querySelector('.ProseMirror').editor.state.selection.empty === false"
        " && getSelection().toString() === words",
        arg=words,
    )


def comment(author: Author, words: str, said: str) -> None:
    select(author, words)
    author.page.keyboard.press("Control+Alt+m")
    dialog = author.page.get_by_role("dialog", name=_("Comment on this passage"))
    expect(dialog).to_contain_text(words)
    dialog.get_by_label(_("Comment"), exact=True).fill(said)
    dialog.get_by_role("button", name=_("Send")).click()


def threads(author: Author) -> Locator:
    return author.page.get_by_role("complementary", name=_("Comments")).get_by_role("article")


def passage(author: Author) -> Locator:
    return author.text.locator("mark")


def test_a_comment_on_selected_words_is_seen_by_all_without_a_reload(room: Room) -> None:
    write_sentence(room)
    anna, ben = enter(room, "Anna Beispiel"), enter(room, "Ben Muster")

    comment(anna, "die Abwärme", "Auch die der Betriebe?")

    for author in (anna, ben):
        expect(threads(author)).to_contain_text("Auch die der Betriebe?")
        expect(passage(author)).to_have_text("die Abwärme")
    expect(threads(anna)).to_be_focused()
    axe(anna.page)


def test_words_that_are_not_saved_yet_can_be_commented_on(room: Room) -> None:
    anna, ben = enter(room, "Anna Beispiel"), enter(room, "Ben Muster")
    anna.type("Frisch getippte Wörter.")

    comment(anna, "getippte Wörter", "Stimmt das?")

    expect(passage(anna)).to_have_text("getippte Wörter")
    expect(passage(ben)).to_have_text("getippte Wörter")


def test_an_answer_goes_to_all_and_what_another_is_writing_stays(room: Room) -> None:
    write_sentence(room)
    anna, ben = enter(room, "Anna Beispiel"), enter(room, "Ben Muster")
    comment(anna, "die Abwärme", "Auch die der Betriebe?")
    expect(threads(ben)).to_be_visible()
    threads(ben).get_by_text("Antworten").click()
    mine = threads(ben).get_by_label("Ihre Antwort")
    mine.fill("Das dauert noch")

    threads(anna).get_by_text("Antworten").click()
    threads(anna).get_by_label("Ihre Antwort").fill("Ich frage nach.")
    threads(anna).get_by_role("button", name="Senden").click()

    expect(threads(ben)).to_contain_text("Ich frage nach.")
    expect(mine).to_have_value("Das dauert noch")
    expect(mine).to_be_focused()
    expect(threads(anna)).to_be_focused()


def test_a_resolved_thread_leaves_the_text_unmarked_and_comes_back_when_reopened(
    room: Room,
) -> None:
    write_sentence(room)
    anna, ben = enter(room, "Anna Beispiel"), enter(room, "Ben Muster")
    comment(anna, "die Abwärme", "Auch die der Betriebe?")
    threads(anna).get_by_role("button", name="Erledigt").click()

    expect(threads(anna)).to_contain_text("Erledigt von Anna Beispiel")
    expect(threads(anna)).to_be_focused()
    expect(threads(ben)).to_have_count(0)
    expect(passage(ben)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    ben.page.get_by_role("link", name="Erledigt (1)").click()
    threads(ben).get_by_role("button", name="Wieder öffnen").click()

    expect(passage(ben)).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(threads(anna).get_by_role("button", name="Erledigt")).to_be_visible()


def test_the_keyboard_leads_from_the_words_to_their_thread_and_back(room: Room) -> None:
    write_sentence(room)
    anna = enter(room, "Anna Beispiel")
    comment(anna, "die Abwärme", "Auch die der Betriebe?")
    anna.focus()
    for _step in range(len(" gemeinsam.") + 3):
        anna.page.keyboard.press("ArrowLeft")

    anna.page.keyboard.press("Control+Alt+m")
    expect(threads(anna)).to_be_focused()
    anna.page.keyboard.press("Tab")
    anna.page.keyboard.press("Enter")

    expect(anna.text).to_be_focused()
    assert anna.page.evaluate("getSelection().toString()") == "die Abwärme"


def test_on_a_phone_the_thread_is_a_sheet_above_the_text(room: Room) -> None:
    write_sentence(room)
    begin(
        room.note.text,
        room.member("Ben Muster"),
        "Auch die der Betriebe?",
        Passage("die Abwärme"),
    )
    anna = enter(room, "Anna Beispiel", **PHONE)
    expect(threads(anna)).to_have_count(0)  # hidden from everybody until it is opened

    anna.tool(_("Comments")).click()

    expect(threads(anna)).to_be_visible()
    axe(anna.page)


@pytest.mark.parametrize("how", ["split", "join", "cut and paste", "delete and undo"])
def test_a_comment_stays_on_its_words(room: Room, how: str) -> None:
    write_sentence(room, "Davor.", SENTENCE)
    anna, ben = enter(room, "Anna Beispiel"), enter(room, "Ben Muster")
    comment(anna, "die Abwärme", "Auch die der Betriebe?")
    expect(passage(ben)).to_have_count(1)
    keys = anna.page.keyboard
    if how == "split":
        select(anna, " Abwärme gemeinsam.")
        keys.press("ArrowLeft")
        keys.press("Enter")
    elif how == "join":
        select(anna, "Wir nutzen")
        keys.press("ArrowLeft")
        keys.press("Backspace")
    elif how == "delete and undo":
        select(anna, "nutzen die Abwärme")
        keys.press("Delete")
        expect(passage(ben)).to_have_count(0)
        keys.press("Control+z")
    else:
        select(anna, "nutzen die Abwärme gemeinsam")
        keys.press("Control+x")
        expect(passage(ben)).to_have_count(0)
        keys.press("Control+Home")
        keys.press("Control+v")

    expect(ben.text).to_contain_text("Abwärme")
    expect(passage(ben)).to_have_text(["die", " Abwärme"] if how == "split" else ["die Abwärme"])


def test_the_thread_of_deleted_words_says_that_they_are_gone(room: Room) -> None:
    write_sentence(room)
    anna = enter(room, "Anna Beispiel")
    comment(anna, "die Abwärme", "Auch die der Betriebe?")
    expect(passage(anna)).to_have_count(1)
    select(anna, "die Abwärme")
    anna.page.keyboard.press("Delete")
    anna.is_saved()

    anna.page.reload()

    expect(threads(anna)).to_contain_text("Diese Stelle steht nicht mehr im Text.")
    expect(threads(anna)).to_contain_text("Auch die der Betriebe?")
    assert comments.may_comment(anna.user, CommentThread.objects.get().text)
