"""What was acknowledged is there, once, whatever is killed; what wasn't comes back by itself."""

import signal

import pytest
from django.db import connection

from in4green.livetext.models import LiveText
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer, settle
from tests.livetext.people import editor_of
from tests.livetext.replay import numbers, stored_text

pytestmark = pytest.mark.django_db(transaction=True)


def come_back(live: Live, text: LiveText, user, doc) -> Writer:
    """As a browser does: with the document that it still has."""
    writer = live.join(text, user, doc)
    writer.wait_for_ack(1)
    return writer


@pytest.mark.parametrize("point", ["received", "committed", "acknowledged", "shown"])
def test_a_killed_process_loses_nothing_that_it_acknowledged(own_live: Live, point):
    note = NoteFactory()
    anna = editor_of(note.group)
    live = own_live
    live.spawn.environment |= {"FAULT": point, "FAULT_AT": "12"}
    live.start(program="tests.livetext.faulty:application")
    writer = live.join(note.text, anna)

    said = []
    for number in range(40):
        said.append(f"word{number} ")
        writer.type(said[-1])
        writer.wait_for_ack()
        if writer.code is not None:
            break
    assert live.process.wait() == -signal.SIGKILL
    acknowledged = "".join(said[: max(0, writer.acked - 1)])

    assert acknowledged in stored_text(note.text)
    live.start(port=live.port)
    again = come_back(live, note.text, anna, writer.doc)
    assert stored_text(note.text) == again.text == "".join(said)
    assert numbers(note.text) == list(range(1, len(numbers(note.text)) + 1))
    again.close()


FULL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON livetext_textupdate EXECUTE FUNCTION refuse();
"""
SPACE = "DROP TRIGGER IF EXISTS full_disk ON livetext_textupdate; DROP FUNCTION IF EXISTS refuse;"


@pytest.fixture
def full_disk():
    """PostgreSQL refuses rows as it does where its disk is full; call it to make room again."""
    with connection.cursor() as cursor:
        cursor.execute(FULL)
        yield lambda: cursor.execute(SPACE)
        cursor.execute(SPACE)


def test_while_the_disk_is_full_nothing_is_acknowledged_shown_or_lost(live: Live, full_disk):
    note = NoteFactory()
    anna, ben = (live.join(note.text, editor_of(note.group)) for _ in range(2))

    anna.wait_for_ack()
    acked = anna.acked

    for number in range(10):
        anna.type(f"word{number} ")
    while ben.read(0.2):
        pass
    while anna.read(0.2):
        pass
    assert (anna.acked, ben.text, stored_text(note.text)) == (acked, "", "")

    full_disk()
    assert settle([anna, ben]).split() == [f"word{number}" for number in range(10)]
    assert stored_text(note.text) == anna.text
