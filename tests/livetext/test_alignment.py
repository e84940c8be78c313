"""Blocks of one text in another."""

from in4green.livetext.content.alignment import Span, find_changes, matches
from tests.livetext.writing import node, p

OLD = [p("Wir bauen ein Netz."), p("Es bringt Wärme."), p("Alle machen mit.")]


def test_what_stays_is_no_change():
    assert find_changes(OLD, OLD) == []


def test_a_block_is_changed_added_or_taken_away():
    new = [p("Neu davor."), p("Wir bauen ein großes Netz."), p("Alle machen mit.")]

    assert find_changes(OLD, new) == [Span(0, 0, 0, 1), Span(0, 1, 1, 2), Span(1, 2, 2, 2)]


def test_as_many_blocks_of_the_same_kinds_are_changes_of_those():
    new = [p("Etwas ganz anderes"), *OLD[1:]]

    assert find_changes(OLD, new) == [Span(0, 1, 0, 1)]
    assert find_changes(OLD, [node("heading", "Titel"), *OLD[1:]]) == [
        Span(0, 1, 0, 0),
        Span(1, 1, 0, 1),
    ]


def test_what_has_nothing_in_common_any_more_is_not_found_again():
    now = [p("Etwas ganz anderes"), p("Es bringt viel Wärme."), p("Alle machen mit.")]

    assert matches(OLD, now) == {1: 1, 2: 2}
