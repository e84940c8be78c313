"""How an update is laid out, and what one parser would read otherwise than another."""

import pytest

from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.gate.lib0 import LARGEST, var_uint
from tests.livetext.updates import (
    ROOT,
    allocates_less,
    collected,
    deleted,
    element,
    enter,
    item,
    letters,
    sentence,
    skipped,
    text,
    update,
    values,
)

PARAGRAPH = item(element("paragraph"), inside=ROOT)


@pytest.fixture
def known():
    known = Known()
    enter(known, sentence("abc"))
    return known


def test_an_update_tells_its_structs_needs_and_deletions():
    scan = check(
        update(
            (9, 4, [item(letters("ab"), left=(9, 3), right=(7, 2)), collected(3)]),
            (8, 0, [item(text(), inside=(6, 5))]),
            deletes={9: [(0, 2), (5, 1)], 5: [(7, 3)]},
        ),
        Known(),
    )

    assert scan.clients == {9: (4, 9), 8: (0, 1)}
    assert scan.needs == {7: 3, 6: 6, 5: 10}
    assert scan.deletes == {9: [(0, 2), (5, 6)], 5: [(7, 10)]}
    assert scan.structs == 3


def test_what_an_update_brings_itself_is_no_need():
    scan = check(
        update(
            (2, 0, [item(letters("ab"), inside=(1, 1))]),
            (1, 0, [PARAGRAPH, item(text(), inside=(1, 0))]),
        ),
        Known(),
    )

    assert scan.needs == {}


def test_an_empty_update_is_an_update():
    scan = check(b"\x00\x00", Known())

    assert (scan.clients, scan.needs, scan.deletes, scan.structs) == ({}, {}, {}, 0)


def test_a_gap_within_an_update_must_be_filled_before(known):
    raw = update(
        (1, 3, [item(letters("x"), left=(1, 2)), skipped(6), item(letters("y"), left=(1, 9))])
    )

    scan = check(raw, known)

    assert scan.clients == {1: (3, 11)}
    assert scan.needs == {1: 10}
    assert not scan.is_complete(known)
    enter(known, update((1, 5, [item(letters("12345"), left=(1, 4))])), raw)
    assert known.clocks == {1: 11}


def test_a_need_beyond_a_gap_counts_when_it_is_the_greater():
    raw = update(
        (2, 0, [skipped(2), item(letters("x"), left=(1, 7))]), (1, 3, [skipped(2), collected(1)])
    )

    assert check(raw, Known()).needs == {2: 2, 1: 8}


@pytest.mark.parametrize("root", ["", "other", "prosemirror ", "Prosemirror"])
def test_a_foreign_root_is_refused(root):
    with pytest.raises(Refused, match="root"):
        check(update((1, 0, [item(element(), inside=root)])), Known())


@pytest.mark.parametrize("kind", [2, 3, 127, 128])
def test_a_parent_is_a_root_or_a_struct_and_nothing_third(kind):
    raw = bytes([7]) + var_uint(kind) + b"\x0bprosemirror" + element()[1]
    with pytest.raises(Refused, match="root"):
        check(update((1, 0, [raw])), Known())


def test_bytes_after_an_update_are_refused():
    with pytest.raises(Refused, match="follow"):
        check(sentence() + b"\x00", Known())


def test_an_update_that_is_cut_off_is_refused():
    raw = sentence("ä")
    for end in range(len(raw)):
        with pytest.raises(Refused):
            check(raw[:end], Known())


def test_structs_of_as_many_clients_as_allowed_pass_and_more_are_refused():
    def of(clients):
        return update(*[(client, 0, [PARAGRAPH]) for client in range(clients, 0, -1)])

    check(of(50), Known())
    with pytest.raises(Refused, match="clients"):
        check(of(51), Known())
    check(of(51), Known(), Limits.unlimited())


def test_deletions_may_be_of_any_number_of_clients():
    known = Known()
    for client in range(60):
        enter(known, update((client, 0, [PARAGRAPH])))

    check(update(deletes={client: [(0, 1)] for client in range(60)}), known)


def test_as_many_structs_as_allowed_pass_and_more_are_refused():
    def of(first, second):
        return update((2, 0, [PARAGRAPH] * first), (1, 0, [PARAGRAPH] * second))

    check(of(1000, 1000), Known())
    with pytest.raises(Refused, match="parts"):
        check(of(1000, 1001), Known())
    check(of(20_000, 1), Known(), Limits(structs=20_001))


@pytest.mark.parametrize("order", [(1, 2), (2, 2), (1, 1)])
def test_clients_come_once_and_sorted_as_every_encoder_writes_them(order):
    with pytest.raises(Refused, match="order"):
        check(update(*[(client, 0, [PARAGRAPH]) for client in order]), Known())


def test_a_client_without_structs_is_refused():
    with pytest.raises(Refused, match="order"):
        check(update((1, 0, [])), Known())


def test_a_client_without_deletions_is_refused():
    with pytest.raises(Refused, match="without deletions"):
        check(update(deletes={1: []}), Known())


@pytest.mark.parametrize(
    "struct",
    [
        collected(0),
        skipped(0),
        item(deleted(0), inside=ROOT),
        item(letters(""), inside=(1, 0)),
        item(values(), inside=(1, 0), name="a"),
    ],
)
def test_a_struct_of_no_length_is_refused(known, struct):
    with pytest.raises(Refused, match="bounds"):
        check(update((2, 0, [struct])), known)


@pytest.mark.parametrize("struct", [collected(2), skipped(2), item(deleted(2), inside=ROOT)])
def test_clocks_stay_below_two_to_the_31(struct):
    check(update((1, 2**31 - 3, [struct])), Known())
    with pytest.raises(Refused, match="bounds"):
        check(update((1, 2**31 - 2, [struct])), Known())


@pytest.mark.parametrize("client", [2**31, 2**32, LARGEST])
def test_client_ids_have_53_bits(client):
    known = Known()
    enter(known, update((client, 0, [PARAGRAPH])))
    with pytest.raises(Refused, match="53"):
        check(update((LARGEST + 1, 0, [PARAGRAPH])), known)


@pytest.mark.parametrize("ranges", [[(2**31 - 2, 2)], [(0, 2**31)], [(0, 0)], [(0, 1), (1, 0)]])
def test_deletions_have_a_length_and_stay_below_two_to_the_31(ranges):
    with pytest.raises(Refused, match="bounds"):
        check(update(deletes={1: ranges}), Known())


@pytest.mark.parametrize("flags", [32, 64, 128])
@pytest.mark.parametrize("kind", [0, 10])
def test_what_is_collected_or_skipped_has_no_flags(kind, flags):
    raw = bytes([kind | flags]) + var_uint(1)
    with pytest.raises(Refused):
        check(update((1, 0, [raw])), Known())


def test_an_attributes_name_has_up_to_100_characters(known):
    def named(name):
        return update((1, 5, [item(values(1), inside=(1, 0), name=name)]))

    check(named("ä" * 100), known)
    for name in ("a" * 101, "a\0"):
        with pytest.raises(Refused, match="name"):
            check(named(name), known)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(var_uint(2**40), id="clients"),
        pytest.param(b"\x01" + var_uint(2**40) + b"\x01\x00", id="structs"),
        pytest.param(b"\x01\x01\x01\x00\x04\x01\x0bprosemirror" + var_uint(2**40), id="letters"),
        pytest.param(b"\x01\x01\x01\x00\x28\x00\x01\x00\x01a" + var_uint(2**40), id="values"),
        pytest.param(b"\x00" + var_uint(2**40), id="deletions"),
        pytest.param(b"\x00\x01\x01" + var_uint(2**40), id="ranges"),
    ],
)
def test_a_huge_count_with_a_tiny_body_allocates_nothing(raw):
    with allocates_less(than=100_000), pytest.raises(Refused):
        check(raw, Known(), Limits.unlimited())
