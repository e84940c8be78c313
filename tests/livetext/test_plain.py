import pytest

from in4green.livetext.content.plain import to_text
from tests.livetext.writing import comment, doc, items, live_table, node, p, table, text


@pytest.mark.parametrize(
    ("blocks", "plain"),
    [
        ([p()], ""),
        ([p("a ", text("b", "bold", comment(1))), p("c")], "a b\nc"),
        ([p("a"), p(), p("b")], "a\n\nb"),
        ([p("a", node("hardBreak"), "b")], "a\nb"),
        ([node("heading", "a"), p("b")], "a\nb"),
        ([node("blockquote", p("a"))], "a"),
        ([node("bulletList", *items("listItem", "a", "b"))], "• a\n• b"),
        ([node("orderedList", *items("listItem", "a", "b"), start=3)], "3. a\n4. b"),
        (
            [node("taskList", node("taskItem", p("a"), checked=True), *items("taskItem", "b"))],
            "[x] a\n[ ] b",
        ),
        ([table(["a", "b"], ["c", ""]), p("d")], "a\tb\nc\t\nd"),
        ([node("image", src="/a.png", alt="Platz"), p("a")], "Platz\na"),
        ([node("image"), p("a")], "a"),
        ([live_table("costs"), p("a")], "a"),  # nobody has written what it says
    ],
)
def test_every_block_is_a_line(blocks, plain):
    assert to_text(doc(*blocks)) == plain


def test_all_that_a_cell_holds_stands_on_one_line():
    cell = node("tableCell", p("a", node("hardBreak"), "b"), table(["c", "d"]))

    assert to_text(doc(node("table", node("tableRow", cell, node("tableCell", p("e")))))) == (
        "a b c\td\te"
    )


def test_unknown_nodes_keep_their_text():
    assert to_text({"type": "doc", "content": [{"type": "odd", "content": [p("a")]}, {}]}) == "a"


def test_a_text_nested_deeper_than_the_stack_is_read():
    inner = p("tief")
    for _ in range(5000):
        inner = {"type": "blockquote", "content": [inner]}

    assert to_text({"type": "doc", "content": [inner]}) == "tief"
