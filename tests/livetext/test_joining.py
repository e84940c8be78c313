"""Two changes of one passage."""

import pytest

from in4green.livetext.content import tree
from in4green.livetext.content.joining import join, join_rows
from tests.livetext.writing import doc, node, p, text


def joined(base, first, second):
    found, is_contested = join_rows(base.split(), first.split(), second.split())
    return " ".join(found), is_contested


@pytest.mark.parametrize(
    ("base", "first", "second", "result"),
    [
        ("a b c", "A b c", "a b C", "A b C"),
        ("a b c", "a b c", "a c", "a c"),
        ("a b c", "b c", "a b", "b"),
        ("a b", "a x b", "a y b", "a y x b"),
        ("a", "a x", "a x", "a x"),
        ("a b c", "a B c", "a B c", "a B c"),
        ("a b c", "a X c", "a b Y c", "a X Y c"),
        ("", "x", "y", "y x"),
        ("a", "", "", ""),
    ],
)
def test_what_only_one_changed_is_as_that_one_wants_it(base, first, second, result):
    assert joined(base, first, second) == (result, False)


@pytest.mark.parametrize(
    ("base", "first", "second", "result"),
    [
        ("a b c", "a X c", "a Y c", "a X c"),
        ("a b c d", "a X d", "a b Y d", "a X d"),
        ("a b c d", "a b X d", "a d", "a b X d"),  # a word within what the other took away
        ("a b c d e", "a X c Y e", "a Z e", "a X c Y e"),
    ],
)
def test_where_both_changed_the_same_words_the_first_ones_stand(base, first, second, result):
    assert joined(base, first, second) == (result, True)


def test_formatting_is_put_together_with_words():
    base = p("Wir nutzen Abwärme.")
    bold = p("Wir nutzen ", text("Abwärme", "bold"), ".")
    longer = p("Wir alle nutzen Abwärme.", node("hardBreak"), "Heute.")

    content, is_contested = join(base, bold, longer)

    found = tree.to_json(tree.from_json({"type": "doc", "content": [p(*content)]}))
    wanted = doc(p("Wir alle nutzen ", text("Abwärme", "bold"), ".", node("hardBreak"), "Heute."))
    assert (found, is_contested) == (wanted, False)
