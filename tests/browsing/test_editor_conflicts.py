"""Two people change the same places while one of them has no network."""

from typing import Any

import pytest
from playwright.sync_api import expect

from in4green.livetext.archive import reading
from in4green.livetext.content.validating import validate
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText
from in4green.livetext.services import edit
from tests.livetext.editing import Author, Room
from tests.livetext.writing import items, node, p, table, words_of
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# The caret behind these words; a browser's own selection would need the focus to settle first.
BEHIND = """({editor}, words) => {
    let place = 0;
    editor.state.doc.descendants(({text}, at) => {
        if (text?.includes(words)) place = at + text.indexOf(words) + words.length;
    });
    if (!place) throw new Error(`${words} is not in the text`);
    editor.chain().focus().setTextSelection(place).run();
}"""
REMOVE = """({editor}, words) => {
    editor.state.doc.forEach(({textContent, nodeSize}, from) => {
        if (textContent === words) editor.commands.deleteRange({from, to: from + nodeSize});
    });
}"""
DO = "({editor}, [command, ...values]) => editor.chain().focus()[command](...values).run()"


@pytest.fixture
def two(room: Room) -> tuple[Author, Author]:
    """With paragraphs, a list and a table; Anna's network is away."""
    content = node(
        "doc",
        p("Bleibt stehen."),
        p("Wird gestrichen."),
        p("Erster Teil. Zweiter Teil. Dritter Teil."),
        node("bulletList", *items("listItem", "Holz Stein", "Wasser")),
        table(["Ort", "Jahr"], ["Vilnius", "2024"]),
    )
    author = room.member("Wer Vorher Schrieb")
    edit(room.note.text, lambda doc: crdt.replace(doc, content), by=author)
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.sees("Vilnius")
    ben.sees("Vilnius")
    anna.page.context.set_offline(True)
    expect(anna.state).to_have_attribute("data-state", "offline")
    return anna, ben


def behind(author: Author, words: str) -> None:
    author.text.evaluate(BEHIND, words)


def type_behind(author: Author, words: str, more: str) -> None:
    behind(author, words)
    author.page.keyboard.type(more)
    author.sees(words + more)


def do(author: Author, *command: Any) -> None:
    author.text.evaluate(DO, list(command))


def agree(room: Room, anna: Author, ben: Author) -> dict[str, Any]:
    """What all three have once Anna's network is back: a text that the schema allows."""
    anna.page.context.set_offline(False)
    ben.type("Alles da?")
    anna.sees("Alles da?")
    anna.is_saved()
    ben.is_saved()
    # Both mend a table at the same time, and once more after each other's mending.
    stored = wait_for(lambda: what_all_have(room, anna, ben))
    assert validate(stored) == []
    return stored


def what_all_have(room: Room, anna: Author, ben: Author) -> dict[str, Any] | None:
    stored = reading.content(LiveText.objects.get(pk=room.note.text_id))
    return stored if anna.content() == ben.content() == stored["content"] else None


def delete_and_write(anna: Author, ben: Author) -> None:
    """Anna takes out the paragraph in which Ben goes on writing."""
    anna.text.evaluate(REMOVE, "Wird gestrichen.")
    type_behind(anna, "Bleibt stehen.", " Sagt Anna.")
    type_behind(ben, "Wird gestrichen.", " Oder nicht.")
    type_behind(ben, "Bleibt", " gewiss")


def part(anna: Author, ben: Author) -> None:
    """Both part one paragraph, in different places, and go on in its parts."""
    behind(anna, "Erster Teil.")
    anna.page.keyboard.press("Enter")
    type_behind(anna, "Erster Teil.", " Annas.")
    behind(ben, "Zweiter Teil.")
    ben.page.keyboard.press("Enter")
    type_behind(ben, "Zweiter Teil.", " Bens.")
    type_behind(ben, "Dritter Teil.", " Auch Bens.")


def change_list(anna: Author, ben: Author) -> None:
    """Anna parts an item and moves another under it; Ben writes in both and adds one."""
    behind(anna, "Holz")
    anna.page.keyboard.press("Enter")
    behind(anna, "Wasser")
    do(anna, "sinkListItem", "listItem")
    behind(ben, "Wasser")
    ben.page.keyboard.press("Enter")
    ben.page.keyboard.type("Luft")
    type_behind(ben, "Stein", " und Erde")


def change_table(anna: Author, ben: Author) -> None:
    """A row from Anna, a column from Ben, and words in old cells."""
    behind(anna, "2024")
    do(anna, "addRowAfter")
    type_behind(anna, "Vilnius", " (Litauen)")
    behind(ben, "2024")
    do(ben, "addColumnAfter")
    type_behind(ben, "Jahr", " des Treffens")


def test_what_two_people_change_in_the_same_places_comes_together(
    room: Room, two: tuple[Author, Author]
) -> None:
    anna, ben = two
    for scene in (delete_and_write, part, change_list, change_table):
        scene(anna, ben)

    stored = agree(room, anna, ben)
    words = words_of(stored)
    assert "gestrichen" not in words
    assert "Bleibt gewiss stehen. Sagt Anna." in words
    for kept in ("Erster Teil.", "Annas.", "Zweiter Teil.", "Bens.", "Dritter Teil.", "Auch Bens."):
        assert kept in words
    for kept in ("Holz", "Stein", "und Erde", "Wasser", "Luft"):
        assert kept in words
    (kept_table,) = [block for block in stored["content"] if block["type"] == "table"]
    (width,) = {len(row["content"]) for row in kept_table["content"]}
    assert width >= 3
    assert len(kept_table["content"]) == 3
    assert "Vilnius (Litauen)" in words_of(kept_table)
    assert "Jahr des Treffens" in words_of(kept_table)
