"""What comes in by other ways than plain keys: composition, phones, other programs' clipboards."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, expect

from tests.livetext.editing import Author, Room
from tests.livetext.writing import link, node, p, text

pytestmark = pytest.mark.django_db(transaction=True)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15">
<style>@font-face {font-family:Calibri;} p.MsoNormal {margin:0cm; font-size:11.0pt;}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=DE style='tab-interval:35.4pt'><!--StartFragment-->
<h1 style='margin-top:12.0pt'><span lang=DE>Ziele<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'><span lang=EN-US style='font-size:11.0pt'>Ein
<b style='mso-bidi-font-weight:normal'>fettes</b> Wort, ein <span style='font-style:italic'>schräges</span>
und ein <a href="https://example.org/"><span style='color:#0563C1'>Verweis</span></a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Erstens<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>a)<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>Genauer</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Zweitens</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:1pt'>
<td width=200 valign=top style='width:150pt;padding:0cm'><p class=MsoNormal>Zelle<o:p></o:p></p></td></tr></table>
<!--EndFragment--></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head>
<meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 25.8.1.1 (Linux)"/>
<style type="text/css">p { line-height: 115%; margin-bottom: 0.25cm }</style></head>
<body lang="de-DE" link="#000080" dir="ltr"><h6 class="western">Klein</h6>
<p style="line-height: 115%; margin-bottom: 0.25cm"><font face="Liberation Serif, serif"><font size="3"
style="font-size: 12pt"><span lang="en-GB">Ein <b>fettes</b> und <strike>falsches</strike> Wort</span></font></font></p>
<ol><li><p style="margin-bottom: 0cm">Eins</p><ul><li><p>Tiefer</p></li></ul></li></ol>
<table width="100%" cellpadding="4"><col width="128*"/><thead><tr valign="top"><th width="50%"><p>Kopf</p></th></tr></thead>
<tbody><tr valign="top"><td width="50%"><p align="left">Wert</p></td></tr></tbody></table>
<p><img src="file:///home/anna/bild.png" width="20"/><script>alert(1)</script>Ende</p></body></html>"""


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
    anna.paste(WORD)

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
    anna.paste(LIBREOFFICE)

    assert anna.content() == [
        node("heading", "Klein", level=4),
        p("Ein ", text("fettes", "bold"), " und ", text("falsches", "strike"), " Wort"),
        node(
            "orderedList",
            node("listItem", p("Eins"), node("bulletList", node("listItem", p("Tiefer")))),
            start=1,
        ),
        table(cell("tableHeader", p("Kopf")), cell("tableCell", p("Wert"))),
        p("Ende"),
    ]
    anna.is_saved()


def test_hostile_html_on_the_clipboard_does_nothing(anna: Author) -> None:
    dialogs: list[str] = []
    anna.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    anna.focus()
    anna.paste(
        """<p onclick="alert(1)" style="position:fixed">Hallo <a href="javascript:alert(2)">Du</a>
        <img src=x onerror=alert(3)><svg onload=alert(4)></svg><iframe src="/"></iframe></p>"""
    )
    anna.sees("Hallo Du")
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
