"""Several people write one text in real browsers, through the real live process."""

import json
from itertools import pairwise

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from in4green.livetext import schema
from in4green.livetext.document import crdt
from in4green.livetext.services import edit, recheck
from tests.browser import PHONE, axe, on_each_device
from tests.livetext.editing import Author, Role, Room
from tests.livetext.writing import node, p, text
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>"\'`{{7*7}}'
# The text of a screen reader's region, each time it changes, with the time in milliseconds.
LISTEN = """place => {
    window.said = [];
    const note = () => window.said.push([performance.now(), place.textContent]);
    new MutationObserver(note).observe(place, {childList: true, characterData: true});
}"""


def fill(room: Room, *blocks: dict) -> None:
    """The text holds these before anybody opens it."""
    content = {"type": "doc", "content": list(blocks)}
    author = room.member("Wer Vorher Schrieb")
    edit(room.note.text, lambda doc: crdt.replace(doc, content), by=author)


def test_two_people_type_in_one_text_and_see_each_other(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Grün ist gut.")
    ben.sees("Grün ist gut.")
    ben.type(" Sehr gut sogar.")
    anna.sees("Grün ist gut. Sehr gut sogar.")
    anna.is_saved()
    ben.is_saved()


def test_everybody_sees_who_is_here_and_where(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    ben.type("Hier bin ich.")

    caret = anna.text.locator(".caret")
    expect(caret).to_contain_text("Ben Beispiel")
    expect(caret).to_have_attribute("aria-hidden", "true")
    anna.page.get_by_role("button", name=_("Here now: {number}").format(number=2)).click()
    names = anna.page.get_by_role("list", name=_("Here now")).get_by_role("listitem")
    expect(names).to_contain_text([_("{name} (you)").format(name="Anna Beispiel"), "Ben Beispiel"])
    axe(anna.page)

    ben.page.close()
    expect(names).to_have_count(1)
    expect(caret).to_have_count(0)


def test_a_reader_reads_and_cannot_type(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel", Role.READER)
    anna.type("Nur lesen.")
    ben.sees("Nur lesen.")

    expect(ben.text).to_have_attribute("contenteditable", "false")
    expect(ben.text).to_have_attribute("aria-readonly", "true")
    ben.page.keyboard.type("Doch schreiben")
    expect(ben.state).to_have_text(_("You are reading this text."))
    expect(ben.tool(_("Undo"))).not_to_be_visible()
    expect(ben.tool(_("Find"))).to_be_visible()
    axe(ben.page)
    anna.type(" Wirklich.")
    ben.sees("Nur lesen. Wirklich.")


def test_who_loses_the_right_stops_typing_and_goes_on_when_it_is_back(
    room: Room,
) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Darf ich?")
    anna.is_saved()

    give(anna, Role.READER)
    expect(anna.text).to_have_attribute("contenteditable", "false")
    heard = anna.page.locator("[data-announce=state]")
    expect(heard).to_have_text(_("You are reading this text."))
    expect(anna.tool(_("Undo"))).not_to_be_visible()

    give(anna, Role.EDITOR)
    expect(anna.text).to_have_attribute("contenteditable", "true")
    anna.type(" Ja.")
    anna.is_saved()


def give(author: Author, role: str) -> None:
    author.user.memberships.update(role=role)
    recheck(author.user)


def test_the_browser_has_the_schema_of_the_server(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    built = anna.text.evaluate(
        """({editor: {schema}}) => {
            const attributes = ({attrs}) => Object.fromEntries(
                Object.entries(attrs ?? {}).map(([name, {default: value}]) => [name, value]));
            const part = (type, keys) => [type.name, {
                ...Object.fromEntries(keys.map(key => [key, type.spec[key] || null])),
                attributes: attributes(type)}];
            return {
                nodes: Object.fromEntries(Object.values(schema.nodes)
                    .map(type => part(type, ["content", "group"]))),
                marks: Object.fromEntries(Object.values(schema.marks)
                    .map(type => [type.name, {...part(type, [])[1],
                        inclusive: type.spec.inclusive ?? true,
                        overlaps: type.spec.excludes === ""}])),
            };
        }"""
    )
    definition = schema.definition()
    assert built == {
        "nodes": {
            name: {
                "content": said.get("content"),
                "group": said.get("group"),
                "attributes": defaults(said),
            }
            for name, said in definition["nodes"].items()
        },
        "marks": {
            name: {
                "inclusive": said.get("inclusive", True),
                "overlaps": said.get("overlaps", False),
                "attributes": defaults(said),
            }
            for name, said in definition["marks"].items()
        },
    }


def defaults(said: dict) -> dict:
    return {name: kind["default"] for name, kind in said.get("attributes", {}).items()}


def _let_the_opening_pass(author: Author) -> None:
    """What comes within its first second is the rest of a text, and is not announced."""
    opened = author.page.evaluate("performance.now()")
    author.page.wait_for_function("opened => performance.now() > opened + 1000", arg=opened)


def test_opening_a_text_with_everything_in_it_changes_nothing(room: Room) -> None:
    link = {"type": "link", "attrs": {"href": "https://example.org/"}}
    fill(
        room,
        node("heading", "Ziele", level=3),
        p("Ein ", text("fettes", "bold"), " Wort, ein ", text("Verweis", link), "."),
        node("orderedList", node("listItem", p("Erstens")), start=4),
        node("taskList", node("taskItem", p("Getan"), checked=True)),
        node("table", node("tableRow", node("tableHeader", p("A")), node("tableCell", p("B")))),
    )
    head = room.head()
    anna = room.open("Anna Beispiel")
    expect(anna.text.get_by_role("link", name="Verweis")).to_be_visible()
    expect(anna.text.get_by_role("checkbox")).to_be_checked()
    axe(anna.page)

    anna.text.get_by_text("Wort").click()
    anna.page.keyboard.type("!")
    anna.sees("!")
    anna.is_saved()
    assert room.head() == head + 1


def test_nothing_stored_ever_runs_as_a_script(room: Room) -> None:
    dialogs: list[str] = []
    script = {"type": "link", "attrs": {"href": "javascript:alert(3)"}}
    anna, ben = room.author("Anna Beispiel"), room.author(HOSTILE[:100])
    for author in (anna, ben):
        author.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        author.open()
    _let_the_opening_pass(anna)
    ben.type(HOSTILE)
    # What no editor of ours would send, straight into the document.
    ben.text.evaluate(
        """({editor}, mark) => editor.view.dispatch(editor.state.tr.insert(1, [
            editor.schema.text("Klick", [editor.schema.marks.link.create(mark.attrs)])]))""",
        script,
    )
    anna.sees(f"Klick{HOSTILE}")
    expect(anna.page.locator("[data-announce=others]")).to_contain_text(HOSTILE[:100])
    expect(anna.text.locator(".caret")).to_contain_text(HOSTILE[:100])
    anna.page.get_by_role("button", name=_("Here now: {number}").format(number=2)).click()
    names = anna.page.get_by_role("list", name=_("Here now"))
    expect(names).to_contain_text(HOSTILE[:100])
    expect(names.locator("img, script")).to_have_count(0)
    anna.text.get_by_text("Klick").click()
    anna.open().sees(HOSTILE)
    expect(anna.text.locator("a[href], img[src], script")).to_have_count(0)
    anna.text.get_by_text("Klick").click()
    assert dialogs == []


@pytest.mark.chaos
def test_a_screen_reader_hears_one_sentence_in_ten_seconds_while_three_type(room: Room) -> None:
    dora = room.open("Dora Hörer", Role.READER)
    others = [room.open(name) for name in ("Anna Beispiel", "Ben Beispiel", "Carl Muster")]
    dora.page.locator("[data-announce=others]").evaluate(LISTEN)
    for number in range(24):
        others[number % 3].type(f"Wort {number} ")
    dora.sees("Wort 23")
    wait_for(lambda: dora.page.evaluate("window.said.length") >= 2, timeout=15)

    said = dora.page.evaluate("window.said")
    assert all(later - sooner >= 9_900 for (sooner, _), (later, _) in pairwise(said))
    assert all("Beispiel" in words or "Muster" in words for _at, words in said), json.dumps(said)


@on_each_device
def test_the_editor_is_accessible_and_fits(room: Room, options: dict) -> None:
    fill(room, node("heading", "Ziele", level=2), p("Ein Satz."))
    room.open("Ben Beispiel").type("Da.")
    anna = room.open("Anna Beispiel", **options)
    anna.sees("Da.")
    expect(anna.text.locator(".caret")).to_be_visible()
    anna.page.get_by_text(_("Keys for writing")).click()
    expect(anna.page.get_by_text(_("Alt+F10"), exact=True)).to_be_visible()
    axe(anna.page)
    assert anna.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for menu in (_("Paragraph"), _("List"), _("Table"), _("Language")):
        anna.page.get_by_role("toolbar").get_by_role("button", name=menu).first.click()
        expect(anna.page.get_by_role("menu")).to_be_in_viewport()
        axe(anna.page)
        anna.page.keyboard.press("Escape")
    anna.tool(_("Find")).click()
    axe(anna.page)
    anna.page.keyboard.press("Escape")
    anna.tool(_("Link")).click()
    axe(anna.page)


def test_on_a_phone_the_outline_is_a_sheet(room: Room) -> None:
    fill(room, node("heading", "Ziele", level=2), p("Ein Satz."))
    anna = room.open("Anna Beispiel", **PHONE)
    heading = anna.page.get_by_role("navigation", name=_("Outline")).get_by_role("link")
    expect(heading).not_to_be_visible()
    anna.tool(_("Outline")).click()
    axe(anna.page)
    heading.click()

    expect(heading).not_to_be_visible()
    expect(anna.text).to_be_focused()
    assert anna.text.evaluate("({editor}) => editor.isActive('heading')")
