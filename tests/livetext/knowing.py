"""What is known of a text, laid out for comparison."""

from in4green.livetext.gate import Known, check
from in4green.livetext.gate.places import is_gone


def codes(known):
    """Clock by clock, what hangs where."""
    return {
        (client, clock): code
        for client, runs in known.depths.items()
        for start, end, code in runs.spans()
        for clock in range(start, end)
    }


def is_deleted(known, client, clock):
    return client in known.deleted and known.deleted[client].covers(clock, clock + 1)


def assert_equal_but_for_what_is_deleted(of_the_state, known):
    """Who has collected something sends it without its place, and what is in it has none."""
    at_once, one_by_one = codes(of_the_state), codes(known)
    assert at_once.keys() == one_by_one.keys()
    for place, code in at_once.items():
        assert code == one_by_one[place] or is_gone(code) or is_deleted(known, *place)


def learn(updates):
    """In the order of the log; what waits for another comes again later in it."""
    known = Known()
    for raw in updates:
        scan = check(raw, known)
        if scan.is_complete(known):
            known.apply(scan)
    return known
