"""Where structs hang: how deep elements lie in each other, and what may stand in what."""

import time

import pytest

from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.gate.places import DEEPEST
from tests.livetext.updates import (
    ROOT,
    collected,
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

UNLIMITED = Limits(structs=10**6, clients=10**6)


def nested(depth, client=1):
    """Elements in elements, the outermost in the root."""
    structs = [item(element(), inside=ROOT)]
    structs += [item(element(), inside=(client, clock)) for clock in range(depth - 1)]
    return update((client, 0, structs))


@pytest.fixture
def known():
    """A paragraph (clock 0) with a text (1) of three letters (2 to 4)."""
    known = Known()
    enter(known, sentence("abc"))
    return known


def refused(known, *structs, client=2, match="no|too deep|other|different|belongs"):
    with pytest.raises(Refused, match=match):
        check(update((client, known.clocks.get(client, 0), list(structs))), known)


# --- How deep --------------------------------------------------------------------------------


def test_elements_lie_24_deep_and_no_deeper():
    enter(Known(), nested(DEEPEST))
    with pytest.raises(Refused, match="deep"):
        check(nested(DEEPEST + 1), Known())


def test_an_element_tree_ten_thousand_deep_is_refused():
    with pytest.raises(Refused, match="deep"):
        check(nested(10_000), Known(), UNLIMITED)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_depth_is_counted_over_many_small_updates(size):
    known = Known()
    enter(known, nested(1))

    def deeper(clock):
        structs = [item(element(), inside=(1, clock + i - 1)) for i in range(size)]
        return update((1, clock, structs))

    with pytest.raises(Refused, match="deep"):
        enter(known, *map(deeper, range(1, 10_000, size)))

    assert DEEPEST - size < known.clocks[1] <= DEEPEST


def test_depth_is_counted_over_many_clients():
    known = Known()
    enter(known, nested(1, client=1))
    deeper = [
        update((client, 0, [item(element(), inside=(client - 1, 0))])) for client in range(2, 100)
    ]
    with pytest.raises(Refused, match="deep"):
        enter(known, *deeper)

    assert len(known.clocks) == DEEPEST


def test_an_element_lies_as_deep_as_the_one_beside_it():
    known = Known()
    enter(known, nested(DEEPEST))

    enter(known, update((2, 0, [item(element(), left=(1, DEEPEST - 1))])))
    enter(known, update((3, 0, [item(element(), right=(2, 0))])))

    refused(known, item(element(), inside=(2, 0)), client=4, match="deep")
    refused(known, item(element(), inside=(3, 0)), client=4, match="deep")
    check(update((4, 0, [item(text(), inside=(3, 0))])), known)


def test_a_text_may_stand_in_the_deepest_element():
    known = Known()
    enter(known, nested(DEEPEST))
    enter(known, update((2, 0, [item(text(), inside=(1, DEEPEST - 1))])))
    enter(known, update((2, 1, [item(letters("abc"), inside=(2, 0))])))


def test_below_what_is_deleted_depth_counts_on():
    known = Known()
    enter(known, nested(DEEPEST - 1))
    enter(known, update((1, DEEPEST - 1, [item(deleted(1), inside=(1, DEEPEST - 2))])))

    enter(known, update((2, 0, [item(text(), inside=(1, DEEPEST - 1))])))
    refused(known, item(element(), inside=(1, DEEPEST - 1)), client=3, match="deep")


def test_below_what_is_collected_depth_is_counted_too():
    known = Known()
    enter(known, update((1, 0, [collected(1)])))
    deeper = [
        update((1, clock, [item(element(), inside=(1, clock - 1))])) for clock in range(1, 100)
    ]
    with pytest.raises(Refused, match="deep"):
        enter(known, *deeper)

    assert known.clocks[1] == DEEPEST


# --- What stands in what ---------------------------------------------------------------------


def test_what_is_written_below_something_collected_may_come_whatever_it_is():
    """Somebody was offline while others deleted, and forgot, what he goes on writing in."""
    known = Known()
    enter(known, update((1, 0, [collected(5)])))
    structs = [
        item(element("paragraph"), inside=(1, 0)),
        item(text(), inside=(2, 0)),
        item(letters("weiter"), inside=(2, 1)),
        item(mark("bold"), left=(2, 7)),
        item(letters("!"), left=(1, 4), right=(2, 8)),
        item(values("de"), inside=(1, 0), name="lang"),
        item(values("en"), inside=(2, 0), name="lang"),
        item(text(), left=(2, 0)),
        item(element("paragraph"), right=(2, 0)),
    ]
    structs += [item(element("paragraph"), left=(2, 13 + i)) for i in range(3 * DEEPEST)]

    enter(known, update((2, 0, structs)))


@pytest.mark.parametrize("content", [letters("a"), mark("bold"), values(1)])
def test_what_is_no_element_has_no_place_in_the_root(known, content):
    refused(known, item(content, inside=ROOT))
    refused(known, item(content, left=(1, 0)))
    refused(known, item(content, right=(1, 0)))


def test_letters_stand_in_an_element(known):
    refused(known, item(text(), inside=ROOT))
    refused(known, item(text(), left=(1, 0)))
    check(update((2, 0, [item(text(), inside=(1, 0))])), known)
    check(update((2, 0, [item(text(), left=(1, 1))])), known)


@pytest.mark.parametrize("content", [letters("a"), mark("bold"), values(1)])
def test_an_element_holds_elements_and_texts_alone(known, content):
    refused(known, item(content, inside=(1, 0)))
    refused(known, item(content, left=(1, 1)))


@pytest.mark.parametrize("content", [element("paragraph"), text(), values(1)])
def test_a_text_holds_letters_and_marks_alone(known, content):
    refused(known, item(content, inside=(1, 1)))
    refused(known, item(content, left=(1, 3)))
    refused(known, item(content, right=(1, 2)))


@pytest.mark.parametrize("content", [element("paragraph"), text(), letters("a"), mark("bold")])
def test_an_attribute_holds_values_alone(known, content):
    refused(known, item(content, inside=(1, 0), name="lang"))
    enter(known, update((3, 0, [item(values("de"), inside=(1, 0), name="lang")])))
    refused(known, item(content, left=(3, 0)))
    check(update((2, 0, [item(values("en"), left=(3, 0))])), known)


def test_elements_alone_have_attributes(known):
    for content in (values(1), element(), deleted(1)):
        refused(known, item(content, inside=ROOT, name="lang"))
    refused(known, item(values(1), inside=(1, 1), name="lang"))
    refused(known, item(values(1), inside=(1, 2), name="lang"))


def test_nothing_stands_in_letters_marks_or_values(known):
    enter(known, update((1, 5, [item(mark("bold"), left=(1, 4))])))
    enter(known, update((1, 6, [item(values("de"), inside=(1, 0), name="lang")])))
    for clock in (2, 3, 5, 6):
        for content in (element(), text(), letters("a"), values(1), deleted(1)):
            refused(known, item(content, inside=(1, clock)))


def test_neighbours_hang_in_one_place(known):
    enter(known, update((1, 5, [item(values("de"), inside=(1, 0), name="lang")])))
    refused(known, item(letters("a"), left=(1, 2), right=(1, 5)))
    refused(known, item(element(), left=(1, 0), right=(1, 1)))
    refused(known, item(values(1), left=(1, 5), right=(1, 0)))


def test_a_neighbour_that_is_collected_leaves_the_place_to_the_other():
    known = Known()
    enter(known, nested(DEEPEST), update((2, 0, [collected(1)])))

    for neighbours in ({"left": (2, 0), "right": (1, 23)}, {"left": (1, 23), "right": (2, 0)}):
        here = Known.from_bytes(*known.to_bytes())
        enter(here, update((3, 0, [item(element(), **neighbours)])))
        refused(here, item(element(), inside=(3, 0)), client=4, match="deep")


# --- In which order --------------------------------------------------------------------------


def test_clients_may_wait_for_each_other_as_far_as_it_can_be_applied():
    structs_of_2 = [
        item(element(), inside=ROOT),
        item(element(), inside=(1, 0)),
        item(element(), inside=(1, 1)),
    ]
    structs_of_1 = [item(element(), inside=(2, 0)), item(element(), inside=(2, 1))]
    known = Known()

    enter(known, update((2, 0, structs_of_2), (1, 0, structs_of_1)))

    assert [code >> 3 for code in known.depths[2].codes] == [0, 2, 4]
    assert [code >> 3 for code in known.depths[1].codes] == [1, 3]


def test_a_thousand_clients_may_wait_for_each_other_in_a_row():
    parts = [(client, 0, [item(element(), left=(client - 1, 0))]) for client in range(1000, 1, -1)]
    parts.append((1, 0, [item(element(), inside=ROOT)]))
    known = Known()

    begun = time.process_time()
    enter(known, update(*parts), limits=UNLIMITED)

    assert time.process_time() - begun < 1
    assert len(known.clocks) == 1000


@pytest.mark.parametrize(
    "parts",
    [
        [(1, 0, [item(letters("a"), left=(1, 0))])],
        [(1, 0, [item(letters("ab"), left=(1, 1))])],
        [(1, 0, [item(element(), left=(1, 1)), item(element(), inside=ROOT)])],
        [(2, 0, [item(element(), left=(1, 0))]), (1, 0, [item(element(), right=(2, 0))])],
        [
            (3, 0, [item(element(), inside=(2, 0))]),
            (2, 0, [item(element(), inside=(1, 1))]),
            (1, 0, [item(element(), inside=ROOT), item(element(), inside=(3, 0))]),
        ],
    ],
)
def test_structs_that_wait_for_each_other_would_wait_for_ever(parts):
    raw = update(*parts)

    with pytest.raises(Refused, match="wait"):
        check(raw, Known())
    with pytest.raises(Refused, match="wait"):
        check(raw, Known(), Limits.unlimited())


# --- What is there already -------------------------------------------------------------------


def test_what_is_there_already_is_not_placed_again(known):
    before = known.to_bytes()

    (scan,) = enter(known, update((1, 0, [item(element(), inside=ROOT)] * 5)))

    assert scan.depths == {}
    assert known.to_bytes() == before


def test_of_an_update_only_what_is_new_is_placed(known):
    again = [item(element(), inside=ROOT)] * 5
    (scan,) = enter(known, update((1, 0, [*again, item(letters("x"), left=(1, 4))])))

    assert scan.depths[1].spans() == [(5, 6, known.depths[1].at(4))]
    assert known.clocks == {1: 6}


def test_the_rest_of_a_struct_continues_its_beginning(known):
    enter(known, update((1, 2, [item(letters("abcdef"), inside=(1, 1))])))

    assert known.clocks == {1: 8}
    assert known.depths[1].starts.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "struct",
    [
        item(deleted(6), inside=ROOT),
        item(deleted(6), left=(1, 1)),
        item(values(*"abcdef"), inside=(1, 0), name="lang"),
    ],
)
def test_a_struct_that_contradicts_its_beginning_is_refused(known, struct):
    with pytest.raises(Refused, match="contradicts"):
        check(update((1, 2, [struct])), known)


def test_what_was_collected_may_continue_what_was_not(known):
    enter(known, update((1, 2, [collected(6)])))
    enter(known, update((1, 2, [item(letters("abcdefghi"), inside=(1, 1))])))

    assert known.clocks == {1: 11}


# --- What is committed -----------------------------------------------------------------------


def test_what_is_committed_is_taken_though_it_fits_nowhere_but_may_hold_nothing(known):
    for struct in (
        item(letters("a"), inside=ROOT),
        item(values(1), inside=(1, 1), name="a"),
        item(element(), left=(1, 0), right=(1, 1)),
    ):
        enter(known, update((2, known.clocks.get(2, 0), [struct])), limits=Limits.unlimited())
    enter(known, update((1, 2, [item(deleted(6), inside=ROOT)])), limits=Limits.unlimited())

    for place in ((2, 0), (2, 1), (2, 2), (1, 7)):
        refused(known, item(element(), inside=place), client=3, match="deep")


def test_what_is_committed_and_too_deep_is_taken_but_may_hold_nothing():
    known = Known()
    enter(known, nested(100), limits=Limits.unlimited())

    refused(known, item(element(), inside=(1, DEEPEST)), match="deep")
    refused(known, item(element(), inside=(1, 99)), match="deep")
    enter(known, update((2, 0, [item(element(), inside=(1, 10))])))
