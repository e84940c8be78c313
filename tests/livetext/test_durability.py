"""What was acknowledged is there, once, whatever is killed; what wasn't comes back by itself."""

import signal

import pytest
from django.db import connection, transaction

from in4green.livetext.models import LiveText
from in4green.livetext.wire import Close
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
    live.spawn.environment |= {"FAULT": point, "FAULT_AT": "5"}
    live.start(program="tests.livetext.faulty:application")
    writer = live.join(note.text, anna)

    said = []
    for number in range(100):  # what is shown is shown together: fewer frames than words
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


NEVER = """
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.author_id = {author} THEN
    RAISE 'not this author' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER never BEFORE INSERT ON livetext_textupdate FOR EACH ROW EXECUTE FUNCTION never();
"""


@pytest.fixture
def refuse():
    """Call it with a person, and PostgreSQL takes no row of his, ever."""
    with connection.cursor() as cursor:
        yield lambda person: cursor.execute(NEVER.format(author=person.pk))
        cursor.execute("DROP TRIGGER IF EXISTS never ON livetext_textupdate")
        cursor.execute("DROP FUNCTION IF EXISTS never")


def test_what_can_never_be_written_stops_nobody_else(live: Live, refuse):
    note, elsewhere = NoteFactory(), NoteFactory()
    anna, ben = editor_of(note.group), editor_of(note.group)
    bad, good = live.join(note.text, anna), live.join(note.text, ben)
    far = live.join(elsewhere.text, editor_of(elsewhere.group))
    refuse(anna)

    with transaction.atomic():  # so that all of it comes into one batch
        LiveText.objects.select_for_update().get(pk=note.text.pk)
        for number in range(3):
            for writer in (good, bad, far):
                writer.type(f"word{number} ")
    whole = settle([good])
    far.wait_for_ack()

    assert bad.wait_for_close() == Close.FORBIDDEN_CONTENT
    assert stored_text(note.text) == whole == "word0 word1 word2 "
    assert stored_text(elsewhere.text) == whole
