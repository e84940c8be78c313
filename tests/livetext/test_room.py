"""Who is shown what has been committed."""

import pytest

from in4green.livetext import wire
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer
from tests.livetext.people import editor_of

pytestmark = pytest.mark.django_db(transaction=True)


def updates_until_pong(writer: Writer) -> int:
    """How many updates come before the answer to a question that is asked now."""
    writer.send(wire.control(ping=1))
    frames = iter(lambda: wire.parse(writer.socket.recv(10)), None)
    updates = 0
    for kind, step, _ in frames:
        if kind == wire.CONTROL:
            return updates
        updates += kind == wire.SYNC and step == wire.UPDATE
    raise AssertionError


def test_who_typed_something_is_not_sent_it_again(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    ben = live.join(note.text, editor_of(note.group))

    anna.type("Hello")
    ben.wait_for_text("Hello")

    assert updates_until_pong(anna) == 0


def test_a_second_window_of_the_same_person_is_sent_what_was_typed_in_the_first(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    first, second = live.join(note.text, anna), live.join(note.text, anna)

    first.type("Hello")

    second.wait_for_text("Hello")
