import pytest

from in4green.livetext.gate import Known, check
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.lib0 import LARGEST, Malformed, var_uint
from tests.livetext.updates import (
    SCENARIOS,
    Golden,
    enter,
    item,
    letters,
    sentence,
    update,
)


def typing(clock, letters_of_it="x", client=1):
    return update((client, clock, [item(letters(letters_of_it), left=(1, clock - 1))]))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_snapshot_keeps_all_that_is_known(name):
    known = Known()
    enter(known, Golden(name).state)

    again = Known.from_bytes(*known.to_bytes())

    assert again.clocks == known.clocks
    assert again.to_bytes() == known.to_bytes()
    assert {client: runs.spans() for client, runs in again.depths.items()} == {
        client: runs.spans() for client, runs in known.depths.items()
    }
    assert {client: list(spans) for client, spans in again.deleted.items()} == {
        client: list(spans) for client, spans in known.deleted.items()
    }


def test_nothing_is_known_of_an_empty_text():
    known = Known()

    assert known.state_vector() == b"\x00"
    assert Known.from_bytes(*known.to_bytes()).clocks == {}


def test_the_state_vector_is_as_yjs_writes_it():
    known = Known()
    enter(known, sentence("abc", client=LARGEST))

    assert known.state_vector() == b"\x01" + var_uint(LARGEST) + b"\x05"
    assert read_state_vector(known.state_vector()) == {LARGEST: 5}


@pytest.mark.parametrize("raw", [b"", b"\x01", b"\x01\x05", b"\x00\x00", b"\x01\x05\x01\x00"])
def test_a_broken_state_vector_is_malformed(raw):
    with pytest.raises(Malformed):
        read_state_vector(raw)


@pytest.mark.parametrize(
    "broken",
    [
        lambda vector, depths: (vector, b""),
        lambda vector, depths: (vector, depths[:-1]),
        lambda vector, depths: (vector, depths + b"\x00"),
        lambda vector, depths: (b"\x00", depths),
        lambda vector, depths: (b"\x01\x01\x06", depths),
        lambda vector, depths: (b"\x01\x02\x05", depths),
        lambda vector, depths: (vector, b"\x00\x00"),
    ],
)
def test_a_snapshot_whose_parts_dont_belong_together_is_malformed(broken):
    known = Known()
    enter(known, sentence("abc"))
    with pytest.raises(Malformed):
        Known.from_bytes(*broken(*known.to_bytes()))


def test_typing_costs_no_memory():
    known = Known()
    enter(known, sentence("a"))
    before = len(known.to_bytes()[1])
    enter(known, *[typing(clock) for clock in range(3, 1003)])

    assert known.clocks == {1: 1003}
    assert len(known.depths[1].codes) == 3
    assert len(known.to_bytes()[1]) <= before + 1


def test_an_update_that_waits_for_another_is_not_taken_in():
    known = Known()
    enter(known, sentence("a"))
    later = check(typing(4), known)

    with pytest.raises(ValueError, match="waits"):
        known.apply(later)
    assert known.clocks == {1: 3}


def test_an_update_is_taken_in_only_as_it_was_checked():
    known = Known()
    enter(known, sentence("a"))
    early, late = check(typing(3, "xy"), known), check(typing(3), known)
    known.apply(late)

    with pytest.raises(ValueError, match="something else"):
        known.apply(early)
    assert known.clocks == {1: 4}


def test_one_scan_can_be_taken_in_twice_without_a_tie():
    scan = check(sentence("a"), Known())
    one, other = Known(), Known()
    one.apply(scan)
    other.apply(scan)
    enter(one, typing(3))

    assert one.clocks == {1: 4}
    assert other.clocks == {1: 3}
    assert other.depths[1].end == 3
