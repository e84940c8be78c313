"""What comes in by other ways than plain keys: composition, phones, other programs' clipboards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import CDPSession, expect

from tests.livetext.editing import Author, Room
from tests.livetext.writing import link, node, p, text

pytestmark = pytest.mark.django_db(transaction=True)

CLIPBOARDS = Path(__file__).with_name("clipboards")


def cell(kind: str, *content: dict) -> dict:
    return node(kind, *content, colspan=1, rowspan=1, colwidth=None)


def table(*rows: dict) -> dict:
    return node("table", *[node("tableRow", row) for row in rows])


@pytest.fixture
def anna(room: Room) -> Author:
    return room.open("Anna Beispiel")


@pytest.fixture
def keyboard(anna: Author) -> Iterator[CDPSession]:
    """What an input method of the system does, below the keys."""
    anna.focus()
    session = anna.page.context.new_cdp_session(anna.page)
    yield session
    session.detach()


def compose(keyboard: CDPSession, words: str) -> None:
    place = {"selectionStart": len(words), "selectionEnd": len(words)}
    keyboard.send("Input.imeSetComposition", {"text": words, **place})


def test_what_comes_from_word_is_structure_and_nothing_else(anna: Author) -> None:
    anna.focus()
    anna.paste((CLIPBOARDS / "word.html").read_text())

    assert anna.content() == [
        node("heading", "Ziele", level=2),
        p(
            "Ein ",
            text("fettes", "bold"),
            " Wort, ein ",
            text("schräges", "italic"),
            " und ein ",
            text("Verweis", link("https://example.org/")),
            ".",
        ),
        node(
            "bulletList",
            node(
                "listItem",
                p("Erstens"),
                node("orderedList", node("listItem", p("Genauer")), start=1),
            ),
            node("listItem", p("Zweitens")),
        ),
        table(cell("tableCell", p("Zelle"))),
    ]
    anna.is_saved()


def test_what_comes_from_libreoffice_is_structure_and_nothing_else(anna: Author) -> None:
    anna.focus()
    anna.paste((CLIPBOARDS / "libreoffice.html").read_text())

    assert anna.content() == [
        node("heading", "Klein", level=4),
        p("Ein ", text("fettes", "bold"), " und ", text("falsches", "strike"), " Wort"),
        node(
            "orderedList",
            node("listItem", p("Eins"), node("bulletList", node("listItem", p("Tiefer")))),
            start=1,
        ),
        table(cell("tableHeader", p("Kopf")), cell("tableCell", p("Wert"))),
        p(_("[Picture left out: please insert it by “Picture”]") + " Ende"),
    ]
    anna.is_saved()


def test_a_whole_document_of_libreoffice_keeps_its_lists_and_headings_of_columns(
    anna: Author,
) -> None:
    """Its own HTML of a document that came from Word."""
    anna.focus()
    anna.paste((CLIPBOARDS / "libreoffice-document.html").read_text())

    head = [cell("tableHeader", p(words)) for words in ("Ort", "Jahr")]
    rows = [("Krefeld", "2024"), ("Solingen", "2025")]
    deeper = [node("listItem", p(words)) for words in ("Genauer", "Noch genauer")]
    assert anna.content() == [
        node("heading", "Ziele der Maßnahme", level=2),
        p(
            "Ein ",
            text("fettes", "bold"),
            ", ein ",
            text("schräges", "italic"),
            " und ein ",
            text("falsches", "strike"),
            " Wort, dazu ein ",
            text("Verweis", link("https://example.org/ort")),
            ".",
        ),
        node("heading", "Schritte", level=3),
        node(
            "orderedList",
            node("listItem", p("Erstens"), node("bulletList", *deeper)),
            node("listItem", p("Zweitens")),
            start=1,
        ),
        p("Ein Zitat aus dem Treffen."),
        node(
            "table",
            node("tableRow", *head),
            *[node("tableRow", *[cell("tableCell", p(w)) for w in row]) for row in rows],
        ),
        p("Zeile eins", node("hardBreak"), "Zeile zwei"),
    ]
    anna.is_saved()


def test_comments_of_word_stay_behind_and_missing_pictures_are_named(anna: Author) -> None:
    anna.focus()
    anna.paste((CLIPBOARDS / "word-comments.html").read_text())

    left = _("[Picture left out: please insert it by “Picture”]")
    assert anna.content() == [
        p("Ein Satz mit Fußnote[1]."),
        p(f"{left} Blick über die Halle"),
        p(left),
        p("[1] Was unten steht."),
    ]


def test_hostile_html_on_the_clipboard_does_nothing(anna: Author) -> None:
    dialogs: list[str] = []
    anna.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    anna.focus()
    anna.paste(
        """<p onclick="alert(1)" style="position:fixed">Hallo <a href="javascript:alert(2)">Du</a>
        <img src=x onerror=alert(3)><svg onload=alert(4)></svg><iframe src="/"></iframe></p>"""
    )
    anna.sees("Hallo Du")
    assert not any("marks" in part for part in anna.content()[0]["content"])
    expect(anna.text.locator("a[href], img[src], svg, iframe, [onclick], [style]")).to_have_count(0)
    assert dialogs == []


def test_others_see_a_composed_word_and_typing_beside_it_breaks_nothing(
    room: Room, anna: Author, keyboard: CDPSession
) -> None:
    ben = room.open("Ben Beispiel")
    ben.type("Davor. ")
    anna.sees("Davor. ")
    anna.focus()
    for words in ("n", "に", "にほ", "にほん"):
        compose(keyboard, words)
        ben.type("x")
    keyboard.send("Input.insertText", {"text": "日本"})

    anna.sees("日本")
    ben.sees("日本")
    anna.sees("xxxx")
    anna.is_saved()
    ben.is_saved()
    assert anna.content() == ben.content()
    assert anna.text.locator("p").count() == 1


def test_a_phones_keyboard_writes_and_corrects(anna: Author, keyboard: CDPSession) -> None:
    """Android composes each word, and a correction replaces it."""
    for words in ("G", "Gr", "Gru", "Grün"):
        compose(keyboard, words)
    keyboard.send("Input.insertText", {"text": "Grün "})
    compose(keyboard, "gut")
    keyboard.send("Input.insertText", {"text": "gut."})

    anna.is_saved()
    assert anna.content() == [p("Grün gut.")]


def test_the_browsers_own_undo_is_ours(anna: Author) -> None:
    anna.type("Weg damit")
    anna.text.evaluate(
        """text => text.dispatchEvent(new InputEvent("beforeinput",
            {inputType: "historyUndo", bubbles: true, cancelable: true}))"""
    )
    expect(anna.text).to_have_text("")
