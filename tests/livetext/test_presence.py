"""Everybody sees who is here, in words and carets that can harm nobody."""

from typing import Any, cast

import pytest

from groups.models import Note
from in4green.livetext.gate.lib0 import var_bytes, var_uint
from in4green.livetext.live import presence
from in4green.livetext.live.peers import Peer
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer
from tests.livetext.people import editor_of, reader_of
from tests.livetext.presenting import AT_THE_END, END, Seen, present

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE: list[Any] = [
    {"cursor": {}},
    {"cursor": {"anchor": {}, "head": {}}},
    {"cursor": {"anchor": END, "head": {"tname": "elsewhere"}}},
    {"cursor": {"anchor": END, "head": {"item": {"client": 1, "clock": 0.5}}}},
    {"cursor": "here"},
    [],
    "here",
]


@pytest.fixture
def note() -> Note:
    note: Note = NoteFactory()
    return note


@pytest.fixture
def anna(live: Live, note: Note) -> Writer:
    return live.join(note.text, editor_of(note.group))


@pytest.fixture
def ben(live: Live, note: Note) -> Writer:
    return live.join(note.text, editor_of(note.group))


def test_a_caret_that_no_editor_could_draw_reaches_nobody(live: Live, note: Note, anna: Writer):
    seen = Seen(anna)
    reader = live.join(note.text, reader_of(note.group))

    for number, state in enumerate(HOSTILE):
        present(reader, {"cursor": AT_THE_END}, clock=2 * number + 1)
        seen.wait_for_caret(reader, AT_THE_END)
        present(reader, state, clock=2 * number + 2)
        seen.wait_for_caret(reader, None)
        assert seen.has(reader)


def test_who_was_away_is_seen_at_once_when_the_link_is_back(
    live: Live, note: Note, anna: Writer, ben: Writer
):
    seen = Seen(anna)
    present(ben, {"cursor": AT_THE_END}, clock=4)
    seen.wait_for(ben)
    ben.close()
    seen.wait_for(ben, here=False)

    again = live.join(note.text, editor_of(note.group), ben.doc)
    present(again, {"cursor": None}, clock=5)

    seen.wait_for(again)


def test_an_old_connection_of_the_same_person_takes_nothing_away(
    live: Live, note: Note, anna: Writer
):
    """The other side notices late that a link is dead."""
    seen, person = Seen(anna), editor_of(note.group)
    old = live.join(note.text, person)
    present(old, {"cursor": None}, clock=4)
    seen.wait_for(old)

    new = live.join(note.text, person, old.doc)
    present(new, {"cursor": AT_THE_END}, clock=5)
    seen.wait_for_caret(new, AT_THE_END)
    old.close()
    carl = live.join(note.text, editor_of(note.group))
    present(carl, {"cursor": None})
    seen.wait_for(carl)

    assert seen.cursor(new) == AT_THE_END
    new.close()
    seen.wait_for(new, here=False)


def test_nobody_shows_a_caret_under_the_id_of_another_author(
    live: Live, note: Note, anna: Writer, ben: Writer
):
    seen = Seen(anna)
    ben.type("Von Ben.")
    ben.wait_for_ack()
    ben.close()
    evil = live.join(note.text, reader_of(note.group))

    present(evil, {"cursor": None}, clock=100, client=ben.doc.client_id)
    present(evil, {"cursor": None}, clock=1)
    seen.wait_for(evil)

    assert not seen.has(ben)


def test_nobody_shows_a_caret_under_the_id_of_somebody_who_is_here(
    live: Live, note: Note, anna: Writer, ben: Writer
):
    seen = Seen(anna)
    present(ben, {"cursor": AT_THE_END})
    seen.wait_for(ben)
    evil = live.join(note.text, reader_of(note.group))

    present(evil, {"cursor": None}, clock=100, client=ben.doc.client_id)
    present(evil, {"cursor": None}, clock=1)
    seen.wait_for(evil)

    assert seen.cursor(ben) == AT_THE_END


def test_whoever_another_process_was_killed_with_is_gone_after_a_while(monkeypatch):
    here = presence.Presence()
    state = var_bytes(b'{"user":{"id":7,"name":"Ben","color":"#0E6B4C"},"cursor":null}')
    here.take_from_process(var_uint(1) + var_uint(42) + var_uint(1) + state)
    assert here.news().to_people

    someone, nothing = cast(Peer, None), var_uint(0)
    here.take(someone, nothing)
    assert here.news().to_people is None
    monkeypatch.setattr(presence, "SILENCE", 0.0)
    here.take(someone, nothing)

    left = var_uint(1) + var_uint(42) + var_uint(1) + var_bytes(b"null")
    assert here.news() == presence.News(to_people=left, to_processes=[])
    assert here.everybody().to_people is None
