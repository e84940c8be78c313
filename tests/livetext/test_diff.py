import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given

from in4green.livetext.content.diff import Section, compare, sections
from tests.livetext.writing import (
    TABLES,
    comment,
    contents,
    doc,
    items,
    node,
    p,
    table,
    text,
    words_of,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(old, new):
    """Kind, label, notes and pieces of each block that isn't the same."""
    return [
        (block.kind, block.label, block.notes, [(piece.kind, piece.text) for piece in block.pieces])
        for block in compare(doc(*old), doc(*new))
        if block.kind != "same"
    ]


def html(old, new):
    found = {"sections": sections(compare(doc(*old), doc(*new)))}
    return re.sub(r"\s+", " ", render_to_string("livetext/difference.html", found))


def test_a_changed_word_is_told_with_the_words_around_it():
    assert told([p("Die Stadt pflanzt Bäume.")], [p("Die Stadt pflanzt Linden.")]) == [
        (
            "changed",
            "",
            [],
            [
                ("same", "Die Stadt pflanzt "),
                ("removed", "Bäume"),
                ("added", "Linden"),
                ("same", "."),
            ],
        )
    ]


def test_words_in_a_row_are_told_as_one_phrase():
    old, new = p("Wir bauen den alten Park um."), p("Wir bauen einen neuen Platz um.")

    ((_, _, _, pieces),) = told([old], [new])

    assert pieces == [
        ("same", "Wir bauen "),
        ("removed", "den alten Park"),
        ("added", "einen neuen Platz"),
        ("same", " um."),
    ]


def test_added_and_removed_blocks_stand_where_they_are_and_were():
    old = [p("Der Anfang"), p("Das fällt weg"), p("Das Ende")]
    new = [p("Der Anfang"), p("Das Ende"), p("Etwas ganz Neues")]

    blocks = compare(doc(*old), doc(*new))

    assert [(block.kind, block.pieces[0].text) for block in blocks] == [
        ("same", "Der Anfang"),
        ("removed", "Das fällt weg"),
        ("same", "Das Ende"),
        ("added", "Etwas ganz Neues"),
    ]


def test_a_block_with_other_words_is_another_block():
    assert [kind for kind, *_ in told([p("eins zwei drei")], [p("vier fünf sechs")])] == [
        "removed",
        "added",
    ]


@pytest.mark.parametrize(
    ("old", "new", "label", "note"),
    [
        (p("Ziele"), node("heading", "Ziele", level=3), "Heading, level 3", "Before: Paragraph"),
        (node("heading", "Ziele"), p("Ziele"), "", "Before: Heading, level 2"),
        (
            node("taskList", *items("taskItem", "tun")),
            node("taskList", node("taskItem", p("tun"), checked=True)),
            "Task, done",
            "Before: Task, to do",
        ),
        (
            node("bulletList", *items("listItem", "tun")),
            node("orderedList", *items("listItem", "tun")),
            "List, item 1",
            "Before: List",
        ),
        (p("sagen"), node("blockquote", p("sagen")), "Quote", "Before: Paragraph"),
        (
            node("image", src="/a.png", alt="Platz"),
            node("image", src="/b.png", alt="Platz"),
            "Picture",
            "Picture exchanged",
        ),
        (
            node("orderedList", *items("listItem", "tun"), start=1),
            node("orderedList", *items("listItem", "tun"), start=5),
            "List, item 1",
            "Arrangement changed",
        ),
        (
            table(["tun"]),
            table(["tun"], head=False),
            "Table, row 1, column 1",
            "Arrangement changed",
        ),
    ],
)
def test_what_a_block_has_become_is_said(old, new, label, note):
    ((kind, said, notes, pieces),) = told([old], [new])

    assert (kind, said, notes) == ("changed", label, [note])
    assert {piece for piece, _ in pieces} == {"same"}


def test_changed_formatting_is_said():
    ((kind, _, notes, pieces),) = told([p("eins zwei")], [p("eins ", text("zwei", "bold"))])

    assert (kind, notes) == ("changed", ["Formatting changed"])
    assert pieces == [("same", "eins "), ("reformatted", "zwei")]


def test_comments_and_widths_of_columns_are_no_change():
    cell = node("tableCell", p("a"), colwidth=[100])

    assert told([p("eins zwei")], [p("eins ", text("zwei", comment(1)))]) == []
    assert told([table(["a"], head=False)], [node("table", node("tableRow", cell))]) == []
    assert told([p("a b c")], [p(text("a b", comment(1)), " d")]) == [
        ("changed", "", [], [("same", "a b "), ("removed", "c"), ("added", "d")])
    ]


def test_a_table_is_told_cell_by_cell():
    old = table(["Jahr", "Bäume"], ["2025", "100"])
    new = table(["Jahr", "Bäume"], ["2025", "200"])

    assert told([old], [new]) == [
        ("changed", "Table, row 2, column 2", [], [("removed", "100"), ("added", "200")])
    ]


def test_a_row_put_into_a_table_is_told_as_that_row():
    old = table(["Jahr", "Bäume"], ["2026", "100"])
    new = table(["Jahr", "Bäume"], ["2025", "90"], ["2026", "100"])

    assert [(kind, label) for kind, label, *_ in told([old], [new])] == [
        ("added", "Table, row 2, column 1"),
        ("added", "Table, row 2, column 2"),
    ]


def test_a_cell_is_no_pair_of_a_cell_in_another_column():
    assert [kind for kind, *_ in told([table(["a", "b"])], [table(["b", "a"])])] != []
    assert told([table(["a b c", ""])], [table(["", "a b c d"])])[0][0] == "removed"


def test_a_line_break_is_a_change_of_its_own():
    ((_, _, _, pieces),) = told([p("eins zwei")], [p("eins", node("hardBreak"), "zwei")])

    assert pieces == [("same", "eins"), ("removed", " "), ("added", "\n"), ("same", "zwei")]


def test_a_picture_is_told_by_its_description():
    assert told([], [node("image", src="/a.png", alt="Ein Platz")])[-1] == (
        "added",
        "Picture",
        [],
        [("added", "Ein Platz")],
    )


@given(contents(comments=True), contents())
def test_the_pieces_make_up_both_texts(old, new):
    blocks = compare(old, new)

    def words(*kinds):
        pieces = (piece for block in blocks for piece in block.pieces if piece.kind in kinds)
        return "".join(piece.text for piece in pieces).replace("\n", "")

    def said(content):
        named = {"image": lambda found: found["alt"], "liveTable": lambda f: TABLES[f["table"]]}
        blocks = [child for child in walk(content) if child["type"] in named]
        return words_of(content), [named[block["type"]](block["attrs"]) for block in blocks]

    assert sorted(words("same", "reformatted", "removed")) == sorted(
        "".join(map("".join, said(old)))
    )
    assert sorted(words("same", "reformatted", "added")) == sorted("".join(map("".join, said(new))))


def walk(content):
    yield content
    for child in content.get("content", []):
        yield from walk(child)


@given(contents())
def test_a_text_does_not_differ_from_itself(content):
    assert {block.kind for block in compare(content, content)} <= {"same"}


def test_many_changed_lines_find_their_partners():
    old = [f"Absatz {number} über Bäume, Bänke und Brunnen im Park" for number in range(300)]
    new = ["Ganz neu", *(line.replace("Bänke", "Stühle") for line in old)]

    blocks = compare(doc(*map(p, old)), doc(*map(p, new)))

    assert [block.kind for block in blocks] == ["added"] + ["changed"] * 300


def test_many_lines_that_begin_anew_are_found_by_their_ends():
    old = [f"Eins {number} x über Bäume und Brunnen im Park {number}" for number in range(60)]
    new = ["Ganz neu", *(line.replace("Eins", "Zwei") for line in old)]

    blocks = compare(doc(*map(p, old)), doc(*map(p, new)))

    assert [block.kind for block in blocks] == ["added"] + ["changed"] * 60


def test_long_unchanged_runs_are_folded_and_their_ends_shown():
    old = [p(f"Absatz {number}") for number in range(12)]
    new = [p("Neu zu Beginn"), *old[:-1], p("Neues Ende")]

    found = sections(compare(doc(*old), doc(*new)))

    assert [(len(section.blocks), section.folded) for section in found] == [
        (2, False),
        (9, True),
        (3, False),
    ]
    assert isinstance(found[0], Section)


def test_short_unchanged_runs_are_not_folded():
    old = [p(f"Absatz {number}") for number in range(4)]

    found = sections(compare(doc(*old), doc(p("Neu"), *old, p("Auch neu"))))

    assert not any(section.folded for section in found)


def test_insertions_and_deletions_are_marked_and_said():
    page = html([p("Die Bäume.")], [p("Die Linden.")])

    assert (
        'Die <del><span class="visually-hidden">deleted: </span>Bäume</del>'
        '<ins><span class="visually-hidden">inserted: </span>Linden</ins>.' in page
    )


def test_other_formatting_is_marked_and_said():
    page = html([p("Die Bäume")], [p("Die ", text("Bäume", "bold"))])

    assert "<strong>Formatting changed.</strong>" in page
    assert '<span class="visually-hidden">formatted differently: </span>Bäume</span>' in page


def test_unchanged_paragraphs_open_without_a_script():
    page = html(
        [p(f"Absatz {number}") for number in range(5)], [p(f"Absatz {n}") for n in range(5)]
    )

    assert "<details" in page
    assert "<summary> 5 unchanged paragraphs </summary>" in page
    assert "Absatz 2" in page
    assert "<script" not in page


def test_a_script_in_a_text_is_shown_as_text():
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"

    for page in (
        html([p(attack)], [p("x")]),
        html([p("x")], [p(attack)]),
        html([p("y"), p(attack)], [p("z"), p(attack)]),
        html([p(attack)], [p(text(attack, "bold"))]),
        html([], [node("image", src="/a.png", alt=attack)]),
    ):
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)" in page
