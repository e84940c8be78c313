import pytest

from in4green.livetext.content.nodes import fits, holds_text, mark, members, rank, specification


@pytest.mark.parametrize(
    ("name", "children"),
    [
        ("doc", ["paragraph", "table", "image"]),
        ("paragraph", []),
        ("paragraph", ["text", "hardBreak", "text"]),
        ("bulletList", ["listItem", "listItem"]),
        ("listItem", ["paragraph"]),
        ("listItem", ["paragraph", "bulletList", "paragraph"]),
        ("tableRow", []),
        ("tableRow", ["tableHeader", "tableCell"]),
        ("image", []),
        ("liveTable", []),
        ("blockquote", ["liveTable"]),
    ],
)
def test_what_the_schema_allows_fits(name, children):
    assert fits(name, children)


@pytest.mark.parametrize(
    ("name", "children"),
    [
        ("doc", []),
        ("doc", ["text"]),
        ("doc", ["listItem"]),
        ("paragraph", ["image"]),
        ("bulletList", []),
        ("bulletList", ["taskItem"]),
        ("listItem", []),
        ("listItem", ["heading"]),
        ("listItem", ["bulletList", "paragraph"]),
        ("tableRow", ["paragraph"]),
        ("image", ["text"]),
        ("liveTable", ["paragraph"]),
        ("paragraph", ["liveTable"]),
        ("script", []),
    ],
)
def test_what_the_schema_does_not_allow_does_not_fit(name, children):
    assert not fits(name, children)


def test_a_group_is_its_nodes_and_a_name_stands_for_itself():
    assert members("inline") == {"text", "hardBreak"}
    assert members("tableCell") == {"tableCell"}


def test_what_the_schema_does_not_know_has_no_rules():
    assert specification("script") == mark("blink") == {}


def test_paragraphs_and_headings_hold_text():
    assert [name for name in ("paragraph", "heading", "listItem", "image") if holds_text(name)] == [
        "paragraph",
        "heading",
    ]


def test_marks_are_ranked_as_the_schema_names_them():
    assert rank("bold") < rank("link") < rank("comment")
