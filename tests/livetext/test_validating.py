import pytest
from hypothesis import given

from in4green.livetext.content.validating import validate
from tests.livetext.writing import comment, contents, doc, items, link, node, p, table, text


def body(*blocks):
    return {"type": "doc", "content": list(blocks)}


@given(contents(comments=True))
def test_a_text_that_the_schema_allows_has_no_complaint(content):
    assert validate(content) == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (p("a"), "The text does not begin with its root."),
        ({}, "The text does not begin with its root."),
        (body(), "/: doc may not hold nothing"),
        (body(node("odd")), "/0: unknown node 'odd'"),
        (body(p("a"), node("bulletList")), "/1: bulletList may not hold nothing"),
        (body(node("bulletList", p("a"))), "/0: bulletList may not hold paragraph"),
        (
            body(node("bulletList", node("listItem", node("heading", "a")))),
            "/0/0: listItem may not hold heading",
        ),
        (body(node("table", node("tableRow", p("a")))), "/0/0: tableRow may not hold paragraph"),
        (body(p(p("a"))), "/0: paragraph may not hold paragraph"),
        (body(p(node("image"))), "/0: paragraph may not hold image"),
        (body(node("image", "a")), "/0: image may not hold text"),
        (body(node("heading", "a", level=7)), "/0: level of heading may not be '7'"),
        (body(node("heading", "a", levle=2)), "/0: heading has no attribute 'levle'"),
        (body(p(text(""))), "/0/0: a text without words"),
        (body(p({"type": "text"})), "/0/0: a text without words"),
        (body(p(text("a", "blink"))), "/0/0: unknown mark 'blink'"),
        (body(p(text("a", "bold", "bold"))), "/0/0: bold twice on one text"),
        (
            body(p(text("a", link("javascript:alert(1)")))),
            "/0/0: href of link may not be 'javascript:alert(1)'",
        ),
        (body({**p("a"), "marks": [{"type": "bold"}]}), "/0: paragraph may not be marked"),
    ],
)
def test_what_the_schema_does_not_allow_is_named_with_its_place(content, complaint):
    assert complaint in validate(content)


def test_two_comments_may_be_on_one_text():
    assert validate(doc(p(text("a", comment(1), comment(2))))) == []


def test_complaints_come_in_the_order_of_the_text_and_end_at_twenty():
    content = body(*(node("heading", "a", level=number) for number in range(5, 50)))

    found = validate(content)

    assert len(found) == 20
    assert found[0] == "/0: level of heading may not be '5'"


def test_a_text_nested_deeper_than_the_stack_is_checked():
    inner = node("bulletList")
    for _ in range(5000):
        inner = node("blockquote", inner)

    assert len(validate(body(inner))) == 1


def test_lists_and_tables_of_every_kind_are_allowed():
    assert validate(doc(node("taskList", *items("taskItem", "a")), table(["a"], ["b"]))) == []
