import base64
import json

import pytest
from hypothesis import given, settings
from pycrdt import XmlElement, XmlFragment, XmlText

from in4green.livetext import schema
from in4green.livetext.document import crdt
from tests.livetext.browser_editor import GOLDEN, open_texts, sorted_marks
from tests.livetext.writing import (
    comment,
    contents,
    doc,
    items,
    language,
    link,
    live_table,
    node,
    p,
    table,
    text,
)

EVERYTHING = doc(
    node("heading", "Ziele"),
    node("heading", text("Grün", "italic"), level=4),
    p(
        "Größe 😀 ",
        text("fett", "bold"),
        text("beides", "bold", "italic"),
        node("hardBreak"),
        text("weg", "strike"),
    ),
    p(text("Link", link("https://example.org/?a=1&b=2")), text("hello", language("en"))),
    p(
        "vor ",
        text("eins", comment(1)),
        text("beide", comment(1), comment(2)),
        text("zwei", comment(2)),
        ".",
    ),
    p(),
    node("blockquote", p("Zitat"), node("blockquote", p("tiefer"))),
    node(
        "bulletList",
        node("listItem", p("eins"), node("orderedList", *items("listItem", "drei"), start=3)),
    ),
    node("taskList", node("taskItem", p("fertig"), checked=True), *items("taskItem", "offen")),
    table(["Kopf", "Zahl"], ["Zeile", "1"]),
    node(
        "table",
        node("tableRow", node("tableHeader", p("breit"), colspan=2, colwidth=[120, 80])),
        node(
            "tableRow",
            node("tableCell", p("1"), colwidth=[120]),
            node("tableCell", p("2"), p("3"), colwidth=[80]),
        ),
    ),
    node("image", src="/medien/a.png", alt="Ein Platz", lang="de"),
    node("image"),
    live_table("costs"),
    node("liveTable"),
)


def golden() -> list[str]:
    return sorted(path.name for path in GOLDEN.glob("content-*.json"))


def fresh(*blocks):
    return crdt.load([crdt.from_json(doc(*blocks))])


def fragment(shared):
    return shared.get("prosemirror", type=XmlFragment)


def edits(shared):
    """One update for each transaction from now on."""
    updates = []
    shared.observe(lambda event: updates.append(event.update))
    return updates


@pytest.mark.parametrize("name", golden())
def test_the_content_is_what_a_browser_shows(name):
    pair = json.loads((GOLDEN / name).read_text())

    shared = crdt.load([base64.b64decode(pair["update"])])

    assert sorted_marks(crdt.content_json(shared)) == sorted_marks(pair["content"])


def test_the_golden_texts_hold_every_node_and_mark_of_the_schema():
    written = (GOLDEN / "content-everything.json").read_text()

    for name in schema.elements() | schema.marks():
        assert f'"type": "{name}"' in written


def test_a_fresh_text_reads_as_what_was_written():
    assert crdt.content_json(crdt.load([crdt.from_json(EVERYTHING)])) == EVERYTHING


def test_a_browser_shows_a_fresh_text_and_changes_nothing():
    (opened,) = open_texts([crdt.from_json(EVERYTHING)])

    assert sorted_marks(opened.shown) == sorted_marks(EVERYTHING)
    assert (opened.opening, opened.writing, opened.repairs) == (0, 0, False)


def test_a_browser_shows_any_text_and_changes_nothing():
    written = []

    @settings(database=None)
    @given(contents(comments=True))
    def collect(content):
        written.append(content)

    collect()
    opened = open_texts([crdt.from_json(content) for content in written])

    assert [sorted_marks(o.shown) for o in opened] == [sorted_marks(c) for c in written]
    assert {(o.opening, o.writing) for o in opened} == {(0, 0)}


def test_a_browser_shows_any_replaced_text_and_changes_nothing():
    states, replaced = [], []

    @settings(database=None)
    @given(contents(comments=True), contents())
    def collect(old, new):
        shared = crdt.load([crdt.from_json(old)])
        crdt.replace(shared, new)
        states.append(crdt.state(shared))
        replaced.append(crdt.content_json(shared))

    collect()
    opened = open_texts(states)

    assert [sorted_marks(o.shown) for o in opened] == [sorted_marks(c) for c in replaced]
    assert {(o.opening, o.writing) for o in opened} == {(0, 0)}


def test_an_empty_text_reads_as_one_empty_paragraph():
    assert crdt.content_json(crdt.load([])) == doc(p())


def test_numbers_come_back_whole():
    shared = fresh(node("heading", "a", level=3))

    level = crdt.content_json(shared)["content"][0]["attrs"]["level"]

    assert (level, type(level)) == (3, int)


def test_updates_may_come_in_any_order():
    shared = fresh(p("."))
    base, updates = crdt.state(shared), edits(shared)
    words = fragment(shared).children[0].children[0]
    for word in ("eins ", "zwei ", "drei "):
        words.insert(0, word)

    assert crdt.content_json(crdt.load([updates[2], updates[0], base, updates[1]])) == (
        crdt.content_json(shared)
    )


def test_a_missing_update_is_noticed():
    shared = fresh(p("."))
    base, updates = crdt.state(shared), edits(shared)
    words = fragment(shared).children[0].children[0]
    for word in ("eins ", "zwei "):
        words.insert(0, word)

    for states in ([base, updates[1]], [updates[0]], [crdt.merge([base, updates[1]])]):
        with pytest.raises(crdt.Incomplete):
            crdt.load(states)


def test_a_missing_update_of_which_only_a_deletion_tells_is_noticed():
    shared = fresh(p("."))
    base, updates = crdt.state(shared), edits(shared)
    words = fragment(shared).children[0].children[0]
    words.insert(0, "eins ")
    del words[0:3]

    assert crdt.content_json(crdt.load([base, *updates])) == doc(p("s ."))
    for states in ([base, updates[1]], [crdt.merge([base, updates[1]])]):
        with pytest.raises(crdt.Incomplete):
            crdt.load(states)


@pytest.mark.parametrize("raw", [b"\x01", b"\xff" * 20, b"\x00", b"keine Aktualisierung"])
def test_bytes_that_are_no_update_are_refused(raw):
    with pytest.raises(crdt.Unreadable):
        crdt.load([raw])


@pytest.mark.parametrize(
    "join", [lambda raw: crdt.merge([raw, raw]), lambda raw: crdt.missing(raw, b"\x00")]
)
def test_bytes_that_are_no_update_are_neither_merged_nor_compared(join):
    with pytest.raises(crdt.Unreadable):
        join(b"\xff" * 20)


def test_an_interrupt_stays_an_interrupt():
    assert isinstance(crdt._translated(KeyboardInterrupt()), KeyboardInterrupt)


def test_a_client_id_is_one_that_every_library_can_hold():
    assert {crdt.load([]).client_id >> 32 for _ in range(50)} == {0}


def test_many_updates_merge_into_one():
    shared = fresh(p("."))
    base, updates = crdt.state(shared), edits(shared)
    words = fragment(shared).children[0].children[0]
    for number in range(200):
        words.insert(0, f"{number} ")

    merged = crdt.merge([base, *updates])

    assert crdt.content_json(crdt.load([merged])) == crdt.content_json(shared)


def test_nothing_merges_into_an_update_without_effect():
    assert crdt.content_json(crdt.load([crdt.merge([])])) == doc(p())


def test_who_comes_late_gets_what_is_missing():
    shared = fresh(p("."))
    early = crdt.load([crdt.state(shared)])
    fragment(shared).children[0].children[0].insert(0, "später ")

    late = crdt.missing(crdt.state(shared), crdt.state_vector(early))
    early.apply_update(late)

    assert crdt.content_json(early) == doc(p("später ."))
    assert len(late) < len(crdt.state(shared))


def test_what_an_editor_could_not_build_is_left_out():
    shared = fresh(p("bleibt"))
    root = fragment(shared)
    root.children.append(XmlElement("bulletList"))
    root.children.append(XmlElement("unknown", {}, [XmlText("weg")]))
    root.children.append(XmlElement("listItem", {}, [XmlElement("paragraph")]))
    root.children.append(XmlElement("paragraph", {}, [XmlElement("text")]))
    root.children.append(XmlElement("image", {}, [XmlText("weg")]))
    root.children.append(XmlElement("blockquote", {}, [XmlElement("bulletList")]))

    assert crdt.content_json(shared) == doc(p("bleibt"), p())


def test_marks_and_attributes_that_nobody_knows_are_left_out():
    shared = fresh(p("bleibt"))
    paragraph = fragment(shared).children[0]
    paragraph.attributes["onclick"] = "alert(1)"
    paragraph.children[0].format(0, 6, {"blink": {}, "bold--abcdefgh": True})

    assert crdt.content_json(shared) == doc(p(text("bleibt", "bold")))


def test_marks_that_mark_nothing_are_left_out():
    shared = fresh(p("Link Kommentar"))
    words = fragment(shared).children[0].children[0]
    words.format(0, 4, {"link": {"href": "javascript:alert(1)"}})
    words.format(5, 14, {"comment": {"thread": "x"}})

    assert crdt.content_json(shared) == doc(p("Link Kommentar"))


@pytest.mark.parametrize(
    "content",
    [
        {"type": "doc", "content": []},
        {"type": "doc", "content": [node("odd", p("a"))]},
        {"type": "doc", "content": [node("bulletList", p("a"))]},
        {"type": "doc", "content": [p({"type": "text", "text": ""})]},
    ],
)
def test_nothing_is_written_that_an_editor_would_delete(content):
    shared = fresh(p("bleibt"))

    with pytest.raises(ValueError, match=r"may not|unknown|without"):
        crdt.replace(shared, content)
    with pytest.raises(ValueError, match=r"may not|unknown|without"):
        crdt.from_json(content)

    assert crdt.content_json(shared) == doc(p("bleibt"))


def test_no_character_that_a_database_refuses_is_read():
    shared = fresh(p("."))
    fragment(shared).children[0].children[0].insert(0, "a\x00b")

    assert crdt.content_json(shared) == doc(p("a�b."))
