"""What structs may hold. Each update here is a paragraph with one thing in it."""

import json

import pytest

from in4green.livetext import schema
from in4green.livetext.gate import Known, Refused, check
from in4green.livetext.gate.lib0 import var_string, var_uint
from tests.livetext.updates import (
    ROOT,
    deleted,
    element,
    enter,
    item,
    letters,
    mark,
    sentence,
    text,
    update,
    values,
)

THREAD = {"thread": "0b9f6e0e-6a54-4a3c-9f0e-0d0f5a1c2b3d"}


def in_text(content):
    """After the text that ``sentence`` wrote."""
    return update((1, 5, [item(content, left=(1, 4))]))


def as_attribute(content, name="lang"):
    return update((1, 5, [item(content, inside=(1, 0), name=name)]))


def in_root(content):
    return update((1, 5, [item(content, left=(1, 0))]))


@pytest.fixture
def known():
    known = Known()
    enter(known, sentence("abc"))
    return known


@pytest.mark.parametrize(
    ("letters_of_it", "length"),
    [("a", 1), ("äöü", 3), ("漢字", 2), ("😀", 2), ("a😀ä", 4), ("👨‍👩‍👧‍👦", 11)],
)
def test_letters_are_counted_as_javascript_counts_them(known, letters_of_it, length):
    (scan,) = enter(known, in_text(letters(letters_of_it)))

    assert scan.clients == {1: (5, 5 + length)}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param((2, b"\x01" + var_string("1")), id="JSON"),
        pytest.param((3, b"\x01x"), id="binary"),
        pytest.param((5, var_string("{}")), id="embed"),
        pytest.param((9, var_string("guid") + b"\x76\x00"), id="document"),
        pytest.param((11, b"\x00\x01\x01"), id="move"),
        pytest.param((31, b""), id="unknown"),
    ],
)
@pytest.mark.parametrize("place", [in_text, as_attribute, in_root])
def test_a_kind_of_content_that_texts_dont_have_is_refused(known, place, content):
    with pytest.raises(Refused, match="kind of content"):
        check(place(content), known)


@pytest.mark.parametrize("kind", [0, 1, 2, 4, 5, 7, 8, 9, 15])
def test_a_shared_type_that_is_no_xml_element_or_text_is_refused(known, kind):
    with pytest.raises(Refused, match="type"):
        check(in_root((7, var_uint(kind) + var_string("paragraph"))), known)


@pytest.mark.parametrize("name", sorted(schema.elements()))
def test_every_element_of_the_schema_may_come(known, name):
    enter(known, in_root(element(name)))


@pytest.mark.parametrize("name", ["script", "doc", "text", "Paragraph", "", "paragraph\0"])
def test_an_element_that_is_not_in_the_schema_is_refused(known, name):
    with pytest.raises(Refused, match="schema"):
        check(in_root(element(name)), known)


@pytest.mark.parametrize("name", sorted(schema.marks()))
@pytest.mark.parametrize(
    "value", ["{}", "null", "true", '{"href": "https://example.org/[[[[[{{{{\\"["}']
)
def test_every_mark_of_the_schema_may_come(known, name, value):
    enter(known, in_text(mark(name, value)))


def test_an_overlapping_mark_carries_a_hash(known):
    enter(known, in_text(mark("comment--iZ+/a09=", json.dumps(THREAD))))


@pytest.mark.parametrize(
    "key",
    ["underline", "", "__proto__", "ychange", "comment--short", "comment--iZ+/a09=x", "--iZ+/a09="],
)
def test_a_mark_that_is_not_in_the_schema_is_refused(known, key):
    with pytest.raises(Refused, match="schema"):
        check(in_text(mark(key)), known)


@pytest.mark.parametrize("value", ["", "{", "nul", "NaN", '{"a": Infinity}', "'a'", "{}{}"])
def test_a_mark_that_is_no_json_is_refused(known, value):
    with pytest.raises(Refused):
        check(in_text(mark("bold", value)), known)


@pytest.mark.parametrize("value", ["1", '"a"', "[]", "[{}]"])
def test_a_mark_has_attributes_or_none(known, value):
    with pytest.raises(Refused, match="attributes"):
        check(in_text(mark("bold", value)), known)


def test_a_mark_that_is_no_utf_8_is_refused(known):
    with pytest.raises(Refused, match="JSON"):
        check(in_text((6, var_string("bold") + b'\x03"\xff"')), known)


def test_a_mark_of_2000_bytes_passes_and_a_longer_one_is_refused(known):
    fits = json.dumps({"href": "x" * 1988})
    assert len(fits) == 2000

    check(in_text(mark("link", fits)), known)
    with pytest.raises(Refused, match="long"):
        check(in_text(mark("link", fits.replace("x", "xx", 1))), known)


def test_a_mark_nests_four_deep_and_no_deeper(known):
    check(in_text(mark("link", '{"a": [[["}]"]]]}')), known)
    with pytest.raises(Refused, match="deep"):
        check(in_text(mark("link", '{"a": [[[[]]]]}')), known)


@pytest.mark.parametrize("value", ["[" * 1000 + "]" * 1000, "[" * 1000, '{"":' * 400])
def test_a_mark_that_is_a_nested_bomb_is_refused(known, value):
    with pytest.raises(Refused, match="deep"):
        check(in_text(mark("link", value)), known)


@pytest.mark.parametrize("value", [None, True, 3, -1, 2.5, "de", b"", [120, 80], {"a": [{}]}])
def test_an_attribute_holds_a_plain_value(known, value):
    if isinstance(value, bytes):
        with pytest.raises(Refused, match="stored"):
            check(as_attribute(values(value)), known)
    else:
        enter(known, as_attribute(values(value)))


def test_an_attribute_nests_four_deep_and_no_deeper(known):
    check(as_attribute(values([[[[]]]])), known)
    with pytest.raises(Refused, match="deep"):
        check(as_attribute(values([[[[[]]]]])), known)


@pytest.mark.parametrize("kind", [b"\x75\x01", b"\x76\x01\x01a"])
def test_an_attribute_that_is_a_nested_bomb_is_refused(known, kind):
    with pytest.raises(Refused, match="deep"):
        check(as_attribute((8, b"\x01" + kind * 10_000 + b"\x7e")), known)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [float("-inf")], "a\0b", ["\0"], {"\0": 1}, {"a": b"x"}]
)
def test_what_no_database_can_store_is_no_attribute(known, value):
    with pytest.raises(Refused, match="stored"):
        check(as_attribute(values(value)), known)


@pytest.mark.parametrize("value", ['{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"a": 1e999}'])
def test_what_no_database_can_store_is_no_mark(known, value):
    with pytest.raises(Refused, match="stored"):
        check(in_text(mark("link", value)), known)


def test_a_letter_that_no_database_can_store_is_refused(known):
    with pytest.raises(Refused, match="stored"):
        check(in_text(letters("a\0b")), known)


def test_an_attribute_keeps_former_values_for_undo(known):
    (scan,) = enter(known, as_attribute(values(1, 2, 3)))

    assert scan.clients == {1: (5, 8)}


def test_what_is_deleted_needs_no_content(known):
    for place in (in_text, as_attribute, in_root):
        check(place(deleted(3)), known)


def test_a_text_may_stand_in_an_element(known):
    check(update((1, 5, [item(text(), inside=(1, 0))])), known)


def test_the_schema_has_one_root():
    assert schema.root() == ROOT
