"""The gate as a whole: what editors write passes, and what a scan answers."""

import pycrdt
import pytest

from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.gate.known import read_state_vector
from tests.livetext.knowing import assert_equal_but_for_what_is_deleted, codes, learn
from tests.livetext.updates import (
    SCENARIOS,
    Golden,
    enter,
    item,
    letters,
    sentence,
    text,
    update,
)

# --- What editors write -----------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_all_that_editors_write_passes(name):
    golden = Golden(name)

    known = learn(golden.updates)

    assert known.clocks == read_state_vector(golden.state_vector)
    # Only deletions that follow from others may be new, and only once.
    assert not check(golden.state, known).new_clients(known)
    enter(known, golden.state)
    assert check(golden.state, known).is_known(known)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_text_is_known_alike_from_updates_and_from_their_sum(name):
    updates = Golden(name).updates
    one_by_one = learn(updates)

    at_once = learn([pycrdt.merge_updates(*updates)])

    assert codes(at_once) == codes(one_by_one)
    assert at_once.clocks == one_by_one.clocks


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_state_of_a_text_tells_the_same_but_for_what_it_collected(name):
    golden = Golden(name)
    known, of_the_state = learn([*golden.updates, golden.state]), learn([golden.state])

    assert_equal_but_for_what_is_deleted(of_the_state, known)


def test_somebody_who_lacks_an_update_sends_a_gap():
    first, *others, last = Golden("gap").updates
    known = Known()

    scan = check(first, known)

    assert scan.needs
    assert not scan.is_complete(known)
    enter(known, *others, last)
    assert check(first, known).is_known(known)


# --- What a scan answers --------------------------------------------------------------------------


def typing(clock, client=1):
    return update((client, clock, [item(letters("x"), left=(client, clock - 1))]))


def test_an_update_is_complete_when_nothing_before_it_is_missing():
    known = Known()
    enter(known, sentence("abc"))

    assert check(typing(5), known).is_complete(known)
    assert not check(typing(6), known).is_complete(known)
    assert not check(update(deletes={1: [(4, 2)]}), known).is_complete(known)
    assert not check(update((2, 0, [item(letters("x"), left=(9, 0))])), known).is_complete(known)
    assert not check(update((2, 0, [item(letters("x"), right=(1, 5))])), known).is_complete(known)
    assert not check(update((2, 0, [item(text(), inside=(1, 5))])), known).is_complete(known)


def test_an_update_is_known_when_it_brings_nothing_new():
    known = Known()
    enter(known, sentence("abc"), update(deletes={1: [(2, 2)]}))

    assert check(b"\x00\x00", known).is_known(known)
    assert check(sentence("abc"), known).is_known(known)
    assert check(update(deletes={1: [(2, 1), (3, 1)]}), known).is_known(known)
    assert not check(update(deletes={1: [(2, 3)]}), known).is_known(known)
    assert not check(update(deletes={2: [(0, 1)]}), known).is_known(known)
    assert not check(sentence("abcd"), known).is_known(known)


def test_a_client_is_new_with_what_it_brings_beyond_what_is_known():
    known = Known()
    enter(known, sentence("abc"), typing(5))

    scan = check(
        update(
            (3, 0, [item(text(), inside=(1, 0))]),
            (2, 0, [item(text(), inside=(1, 0))]),
            (1, 5, [item(letters("x"), left=(1, 4))]),
        ),
        known,
    )

    assert scan.new_clients(known) == {2, 3}


def test_an_update_repeats_what_is_there_already():
    known = Known()
    enter(known, sentence("abc"))

    assert check(update((1, 2, [item(letters("abcd"), inside=(1, 1))])), known).repeats(known)
    assert check(sentence("abc"), known).repeats(known)
    assert not check(typing(5), known).repeats(known)
    assert not check(update((2, 0, [item(text(), inside=(1, 0))])), known).repeats(known)


# --- Letters that take two clocks -----------------------------------------------------------------

SMILE = sentence("a😀b")  # clocks 2 to 5


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(update((2, 0, [item(letters("x"), left=(1, 3))])), id="after its first half"),
        pytest.param(update((2, 0, [item(letters("x"), right=(1, 4))])), id="before its second"),
        pytest.param(update(deletes={1: [(3, 1)]}), id="delete the first"),
        pytest.param(update(deletes={1: [(4, 2)]}), id="delete from the second"),
        pytest.param(update((1, 2, [item(letters("😀😀😀"), inside=(1, 1))])), id="go on in one"),
        pytest.param(
            update((2, 0, [item(letters("x😀"), left=(1, 5)), item(letters("y"), left=(2, 1))])),
            id="one that it brings itself",
        ),
    ],
)
def test_half_a_letter_is_neither_left_nor_taken(raw):
    known = Known()
    enter(known, sentence("abc") if b"\x98\x80\xf0" in raw else SMILE)
    for here in (known, Known.from_bytes(*known.to_bytes())):
        with pytest.raises(Refused, match="letter"):
            check(raw, here)
        enter(here, raw, limits=Limits.unlimited())


def test_what_is_said_again_of_letters_that_are_there_counts_for_nothing():
    known = Known()
    enter(known, sentence("abcd"))
    again = update(
        (2, 0, [item(text(), inside=(1, 0))]), (1, 2, [item(letters("a😀d"), inside=(1, 1))])
    )

    enter(known, again, update(deletes={1: [(4, 1)]}))

    assert known.middles == {}


def test_around_a_letter_of_two_clocks_all_may_be_done():
    known = Known()
    enter(
        known,
        SMILE,
        update((2, 0, [item(letters("x"), left=(1, 4), right=(1, 5))])),
        update((2, 1, [item(letters("x"), left=(1, 2), right=(1, 3))])),
        update((1, 2, [item(letters("a😀bc😀"), inside=(1, 1))])),
        update(deletes={1: [(3, 2)]}),
    )
    assert known.clocks == {1: 9, 2: 2}
