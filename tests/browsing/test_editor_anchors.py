"""Where a comment hangs while people go on writing, in real browsers."""

import re

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from in4green.livetext.discussion import comments
from tests.livetext.editing import Author, Room
from tests.livetext.talking import WORD, begin, write
from tests.support.pages import Watch

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Wir nutzen die Abwärme gemeinsam."
QUESTION = "Auch die der Betriebe?"
# Not by ``window.find``, which a browser without windows doesn't have.
SELECT = """(text, words) => {
    text.focus();
    const nodes = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest('.caret')) nodes.push(walker.currentNode);
    }
    let at = nodes.map(node => node.data).join('').indexOf(words);
    if (at < 0) throw new Error(`${words} is not in the text`);
    const range = document.createRange();
    for (const node of nodes) {
        const end = at + words.length;
        if (at >= 0 && at < node.length) range.setStart(node, at);
        if (end > 0 && end <= node.length) range.setEnd(node, end);
        at -= node.length;
    }
    getSelection().setBaseAndExtent(
        range.startContainer, range.startOffset, range.endContainer, range.endOffset
    );
}"""


def write_lines(room: Room, *lines: str) -> None:
    write(room.note.text, room.member("Wer Vorher Schrieb"), *(lines or [SENTENCE]))


def select(author: Author, words: str) -> None:
    author.text.evaluate(SELECT, words)
    author.page.wait_for_function(
        """words => {
            const {state} = document.querySelector('.ProseMirror').editor;
            const {from, to} = state.selection;
            return state.doc.textBetween(from, to, '\\n') === words;
        }""",
        arg=words,
    )


def comment(author: Author, words: str, said: str) -> None:
    select(author, words)
    author.page.keyboard.press("Control+Alt+m")
    dialog = author.page.get_by_role("dialog", name=_("Comment on this passage"))
    expect(dialog).to_contain_text(words)
    dialog.get_by_label(_("Comment"), exact=True).fill(said)
    dialog.get_by_role("button", name=_("Send")).click()
    expect(passage(author)).to_have_text(words)
    expect(threads(author)).to_be_focused()


def threads(author: Author) -> Locator:
    return author.page.get_by_role("complementary", name=_("Comments")).get_by_role("article")


def passage(author: Author) -> Locator:
    return author.text.locator("mark")


def test_words_that_are_not_saved_yet_can_be_commented_on(room: Room) -> None:
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Muster")
    anna.type("Frisch getippte Wörter.")

    comment(anna, "getippte Wörter", "Stimmt das?")

    expect(passage(ben)).to_have_text("getippte Wörter")


def test_a_resolved_thread_leaves_the_words_unmarked_until_it_is_reopened(room: Room) -> None:
    write_lines(room)
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Muster")
    comment(anna, "die Abwärme", QUESTION)
    expect(passage(ben)).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")

    threads(anna).get_by_role("button", name=_("Resolve")).click()
    expect(threads(anna)).to_contain_text("Erledigt von Anna Beispiel")
    expect(threads(anna)).to_be_focused()
    expect(threads(ben)).to_have_count(0)
    expect(passage(ben)).to_have_css("background-color", "rgba(0, 0, 0, 0)")

    ben.page.get_by_role("link", name="Erledigt (1)").click()
    threads(ben).get_by_role("button", name=_("Reopen")).click()
    expect(passage(ben)).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(threads(anna).get_by_role("button", name=_("Resolve"))).to_be_visible()


@pytest.fixture
def two(room: Room) -> tuple[Author, Author]:
    """Anna has commented on two words of the second line; Ben looks on."""
    write_lines(room, "Davor.", SENTENCE)
    anna, ben = room.visit("Anna Beispiel"), room.visit("Ben Muster")
    comment(anna, "die Abwärme", QUESTION)
    expect(passage(ben)).to_have_text("die Abwärme")
    return anna, ben


def test_a_comment_stays_on_its_words_when_their_block_is_parted_and_joined(two) -> None:
    anna, ben = two
    select(anna, " Abwärme gemeinsam.")

    # What Enter and Backspace call; keys pressed by a machine outrun the browser's caret.
    anna.text.evaluate(
        """({editor}) => {
            const {from} = editor.state.selection;
            editor.chain().setTextSelection(from).splitBlock().run();
        }"""
    )
    expect(passage(anna)).to_have_text(["die", " Abwärme"])
    expect(passage(ben)).to_have_count(2)

    anna.text.evaluate("({editor}) => editor.commands.joinBackward()")
    # Anna's caret stands between the words.
    expect(passage(ben)).to_have_text([re.compile("die(\u2060Anna Beispiel\u2060)? Abwärme")])


def test_a_comment_comes_back_with_words_that_were_deleted_by_mistake(two) -> None:
    anna, ben = two
    select(anna, "nutzen die Abwärme")
    anna.page.keyboard.press("Delete")
    expect(passage(ben)).to_have_count(0)

    anna.page.keyboard.press("Control+z")

    expect(passage(ben)).to_have_text("die Abwärme")


def test_a_comment_goes_with_words_that_are_cut_and_pasted(two) -> None:
    anna, ben = two
    select(anna, "nutzen die Abwärme gemeinsam")
    anna.page.keyboard.press("Control+x")
    expect(passage(ben)).to_have_count(0)

    select(anna, "Davor")
    anna.page.keyboard.press("Control+v")

    expect(ben.text.locator("p").first).to_contain_text("Abwärme gemeinsam")
    expect(passage(ben)).to_have_text("die Abwärme")


def test_a_copy_of_commented_words_has_no_comment(two) -> None:
    anna, ben = two
    select(anna, "nutzen die Abwärme gemeinsam")
    anna.page.keyboard.press("Control+c")
    select(anna, "Davor")
    anna.page.keyboard.press("Control+v")

    expect(ben.text.locator("p").first).to_contain_text("Abwärme gemeinsam")
    expect(passage(ben)).to_have_count(1)
    expect(ben.text.locator("p").last.locator("mark")).to_have_count(1)


def test_a_mark_that_another_page_put_on_the_clipboard_is_none(two) -> None:
    anna, ben = two
    thread = threads(anna).get_attribute("id").removeprefix("thread-")
    other = "00000000-0000-4000-8000-000000000000"
    select(anna, "Davor")

    anna.paste(
        f'<p><mark data-thread="{thread}">eins</mark> <mark data-thread="{other}">zwei</mark></p>'
    )

    ben.sees("eins zwei")
    expect(passage(ben)).to_have_text(["die Abwärme"])


def test_the_thread_of_deleted_words_says_that_they_are_gone(two) -> None:
    anna, _ben = two
    select(anna, "die Abwärme")
    anna.page.keyboard.press("Delete")
    anna.is_saved()

    anna.page.reload()

    expect(threads(anna)).to_contain_text("Diese Stelle steht nicht mehr im Text.")
    expect(threads(anna)).to_contain_text(QUESTION)


def test_what_is_said_elsewhere_appears_in_the_margin(room: Room) -> None:
    """By a form without JavaScript, say, or by whoever has no editor open."""
    write_lines(room, "Wir nutzen Abwärme gemeinsam.")
    anna, ben = room.visit("Anna Beispiel"), room.member("Ben Muster")
    expect(threads(anna)).to_have_count(0)

    thread = begin(room.note.text, ben, QUESTION, WORD)
    expect(threads(anna)).to_contain_text(QUESTION)
    expect(passage(anna)).to_have_text("Abwärme")
    comments.delete_comment(thread.comments.get(), by=ben)

    expect(threads(anna)).to_have_count(0)
    expect(passage(anna)).to_have_count(0)


def test_an_answer_that_could_not_be_sent_stays_in_its_form(room: Room, watch: Watch) -> None:
    write_lines(room, "Wir nutzen Abwärme gemeinsam.")
    begin(room.note.text, room.member("Ben Muster"), QUESTION, WORD)
    anna = room.visit("Anna Beispiel")
    threads(anna).get_by_text(_("Answer"), exact=True).click()
    mine = threads(anna).get_by_label(_("Your answer"))
    mine.fill("Ja, auch die.")
    anna.page.context.clear_cookies()  # signed out, as after a long time away

    with anna.page.expect_response(re.compile("antworten")):
        threads(anna).get_by_role("button", name=_("Send")).click()

    expect(threads(anna).get_by_role("alert")).to_have_text(
        _("That didn't work. Please try again.")
    )
    expect(mine).to_have_value("Ja, auch die.")
    watch.faults = [fault for fault in watch.faults if "403" not in fault]
