"""The editor's bar: by keyboard alone, after the toolbar pattern, and what its buttons do."""

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.livetext.editing import Author, Room
from tests.livetext.writing import p, text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anna(room: Room) -> Author:
    return room.open("Anna Beispiel")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def kinds(author: Author) -> list[str]:
    return [block["type"] for block in author.content()]


def test_the_bar_is_one_stop_and_arrows_move_inside_it(anna: Author) -> None:
    anna.type("Wort")
    press(anna.page, "Shift+Tab")
    first = anna.page.get_by_role("toolbar").get_by_role("button").first
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-haspopup", "menu")

    press(anna.page, "ArrowRight")
    expect(anna.tool(_("Bold"))).to_be_focused()
    press(anna.page, "End")
    expect(anna.tool(_("Find"))).to_be_focused()
    press(anna.page, "ArrowRight")
    expect(first).to_be_focused()
    press(anna.page, "ArrowLeft", "Home", "ArrowRight", "ArrowRight")
    expect(anna.tool(_("Italic"))).to_be_focused()

    # The bar remembers where one was, and Tab leads from it to the text.
    press(anna.page, "Tab")
    expect(anna.text).to_be_focused()
    press(anna.page, "Shift+Tab")
    expect(anna.tool(_("Italic"))).to_be_focused()


def test_tab_leaves_the_text_from_everywhere(anna: Author) -> None:
    anna.type("- Punkt")
    press(anna.page, "Tab")
    expect(anna.text).not_to_be_focused()
    anna.focus()
    press(anna.page, "Enter", "Enter")
    anna.choose(_("Table"), _("Insert a table"))
    expect(anna.text).to_be_focused()
    press(anna.page, "Tab")
    expect(anna.text).not_to_be_focused()
    press(anna.page, "Shift+Tab")
    expect(anna.text).to_be_focused()
    press(anna.page, "Shift+Tab")
    expect(anna.page.locator("[role=toolbar] :focus")).to_have_count(1)


def test_buttons_and_shortcuts_say_whether_they_are_on(anna: Author) -> None:
    anna.focus()
    bold = anna.tool(_("Bold"))
    expect(bold).to_have_attribute("aria-pressed", "false")
    press(anna.page, "Shift+Tab", "ArrowRight", "Enter")
    expect(anna.text).to_be_focused()
    expect(bold).to_have_attribute("aria-pressed", "true")
    anna.page.keyboard.type("fett")
    press(anna.page, "Control+b", "Control+i")
    expect(bold).to_have_attribute("aria-pressed", "false")
    anna.page.keyboard.type("kursiv")

    assert anna.content() == [p(text("fett", "bold"), text("kursiv", "italic"))]


def test_a_menu_works_by_keyboard(anna: Author) -> None:
    anna.type("Ziele")
    press(anna.page, "Shift+Tab", "Enter")
    menu = anna.page.get_by_role("menu")
    items = menu.get_by_role("menuitemradio")
    expect(items.first).to_be_focused()
    expect(items.first).to_have_attribute("aria-checked", "true")
    press(anna.page, "ArrowDown", "ArrowDown", "Enter")

    expect(menu).to_have_count(0)
    expect(anna.text).to_be_focused()
    expect(anna.text.get_by_role("heading", level=3, name="Ziele")).to_be_visible()
    button = anna.page.get_by_role("toolbar").get_by_role("button").first
    expect(button).to_contain_text(_("Subheading"))

    press(anna.page, "Alt+F10", "ArrowDown", "Escape")
    expect(menu).to_have_count(0)
    expect(button).to_be_focused()
    press(anna.page, "Escape")
    expect(anna.text).to_be_focused()


def test_lists_go_deeper_and_back_by_keys_that_are_no_tab(anna: Author) -> None:
    anna.type("Eins")
    anna.choose(_("List"), _("Numbered list"))
    press(anna.page, "Enter")
    anna.page.keyboard.type("Zwei")
    press(anna.page, "Alt+Shift+ArrowRight")
    assert anna.text.locator("ol ol li").inner_text() == "Zwei"
    anna.choose(_("List"), _("Outdent"))
    assert anna.text.locator("ol > li").count() == 2
    anna.choose(_("List"), _("Task list"))
    box = anna.text.get_by_role("checkbox", name=_("Done: {task}").format(task="Zwei"))
    box.check()
    anna.is_saved()
    assert anna.content()[-1]["content"][-1]["attrs"] == {"checked": True}


def test_after_a_button_the_next_key_goes_into_the_text(anna: Author) -> None:
    anna.type("Wort")

    focused = anna.tool(_("Bold")).evaluate(
        "button => { button.click(); return document.activeElement.getAttribute('role'); }"
    )

    assert focused == "textbox"


def test_a_table_grows_shrinks_and_goes(anna: Author) -> None:
    anna.focus()
    anna.choose(_("Table"), _("Insert a table"))
    anna.page.keyboard.type("Maßnahme")
    for command in (_("Row below"), _("Column after"), _("First column: headings or not")):
        anna.choose(_("Table"), command)
    expect(anna.text.locator("tr")).to_have_count(4)
    expect(anna.text.locator("tr").first.locator("th")).to_have_count(4)
    expect(anna.text.locator("tr").last.locator("th")).to_have_count(1)

    for command in (_("Delete the row"), _("Delete the column")):
        anna.choose(_("Table"), command)
    expect(anna.text.locator("tr")).to_have_count(3)
    anna.choose(_("Table"), _("Delete the table"))
    expect(anna.text.locator("table")).to_have_count(0)
    assert kinds(anna) == ["paragraph"]


def test_a_link_is_made_changed_and_taken_away(anna: Author) -> None:
    anna.type("Netzwerk")
    press(anna.page, "Control+a", "Control+k")
    dialog = anna.page.get_by_role("dialog", name=_("Link"))
    field = dialog.get_by_label(_("Address"))
    expect(field).to_be_focused()
    field.fill("javascript:alert(1)")
    press(anna.page, "Enter")
    expect(dialog.get_by_role("alert")).to_have_text(
        _("That is no address of a website or mailbox.")
    )
    axe(anna.page)
    field.fill("urbact.eu")
    press(anna.page, "Enter")
    link = anna.text.get_by_role("link", name="Netzwerk")
    expect(link).to_have_attribute("href", "https://urbact.eu")
    expect(anna.text).to_be_focused()

    press(anna.page, "Control+k")
    expect(field).to_have_value("https://urbact.eu")
    dialog.get_by_role("button", name=_("Remove the link")).click()
    expect(link).to_have_count(0)

    expect(anna.text).to_be_focused()
    anna.settle()
    press(anna.page, "End")
    anna.settle()
    press(anna.page, "Control+k")
    field.fill("post@example.org")
    dialog.get_by_label(_("Words of the link")).fill("Schreiben Sie uns")
    dialog.get_by_role("button", name=_("Apply")).click()
    mail = anna.text.get_by_role("link", name="Schreiben Sie uns")
    expect(mail).to_have_attribute("href", "mailto:post@example.org")
    expect(anna.text).to_be_focused()
    anna.type(" bald.")
    anna.sees("Schreiben Sie uns bald.")
    expect(mail).to_have_text("Schreiben Sie uns")


def test_a_passage_has_its_language(anna: Author) -> None:
    anna.type("Green Deal")
    press(anna.page, "Control+a")
    anna.choose(_("Language"), _("English"))
    expect(anna.text.locator("span[lang=en]")).to_have_text("Green Deal")
    anna.choose(_("Language"), _("Like the rest of the text"))
    expect(anna.text.locator("span[lang]")).to_have_count(0)


def test_words_are_found_one_after_the_other(anna: Author) -> None:
    anna.type("Wind und Wasser. ")
    press(anna.page, "Enter")
    anna.page.keyboard.type("WIND im Rücken")
    press(anna.page, "Control+Alt+f")
    field = anna.page.get_by_role("searchbox", name=_("Find"))
    expect(field).to_be_focused()
    anna.page.keyboard.type("wind")
    count = anna.page.locator("[data-find-count]")
    expect(count).to_have_text(_("{at} of {number}").format(at=1, number=2))
    press(anna.page, "Enter")
    expect(count).to_have_text(_("{at} of {number}").format(at=2, number=2))
    expect(anna.text.locator(".found--here")).to_have_text("WIND")

    press(anna.page, "Escape")
    expect(anna.text).to_be_focused()
    anna.page.keyboard.type("Sturm")
    anna.sees("Sturm im Rücken")
    press(anna.page, "Control+Alt+f", "Backspace")
    anna.page.keyboard.type("Feuer")
    expect(count).to_have_text(_("Not found"))


def test_the_outline_and_the_number_of_words_follow_the_text(anna: Author) -> None:
    anna.type("## Ziele")
    press(anna.page, "Enter")
    anna.page.keyboard.type("Zwei Wörter")
    outline = anna.page.get_by_role("navigation", name=_("Outline"))
    expect(outline.get_by_role("link")).to_have_text(["Ziele"])
    expect(anna.page.get_by_text(_("{number} words").format(number=3))).to_be_visible()
    outline.get_by_role("link", name="Ziele").press("Enter")
    expect(anna.text).to_be_focused()
    anna.page.keyboard.type("Unsere ")
    expect(outline.get_by_role("link")).to_have_text(["Unsere Ziele"])


def test_nobody_undoes_what_somebody_else_has_written(room: Room, anna: Author) -> None:
    ben = room.open("Ben Beispiel")
    anna.type("Anna. ")
    ben.sees("Anna. ")
    ben.type("Ben. ")
    anna.sees("Anna. Ben. ")
    anna.focus()
    press(anna.page, "Control+z")
    expect(anna.text).not_to_contain_text("Anna.")
    anna.sees("Ben. ")
    press(anna.page, "Control+y")
    anna.sees("Anna.")

    ben.tool(_("Undo")).click()
    expect(ben.text).not_to_contain_text("Ben.")
    ben.sees("Anna.")
