"""A tab wakes after hours or months: what it held back and what the text became go together."""

from datetime import timedelta

import pytest

from groups.models import User
from in4green.livetext.archive import compaction, snapshots, versions
from in4green.livetext.models import LiveText
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer, settle
from tests.livetext.people import editor_of
from tests.livetext.replay import stored_text
from tests.livetext.texts import age, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def write(writer: Writer, *words: str) -> None:
    for each in words:
        writer.type(each)
    writer.wait_for_ack()


def keep(text: LiveText, by: User) -> None:
    """A version and a snapshot of what there is."""
    snapshots.take(fresh(text))
    versions.save(fresh(text), by=by)


def test_who_comes_back_after_the_old_log_has_gone_loses_nothing(live: Live, own_live: Live):
    note = NoteFactory()
    text, person = note.text, editor_of(note.group)
    anna, ben = live.join(text, person), live.join(text, editor_of(note.group))
    write(anna, "Anfang. ")
    ben.wait_for_text("Anfang. ")
    anna.close()
    with anna.doc.transaction():
        anna.root.children[0].children[0].insert(0, "Im Zug geschrieben. ")

    for number in range(3):
        write(ben, f"Ben {number}. ", "Und mehr. ")
        keep(text, by=person)
    ben.change(lambda root: root.children[0].children[0].__delitem__(slice(0, 3)))
    ben.wait_for_ack()
    age(text, timedelta(days=91))
    compaction.compact(fresh(text))
    assert not text.updates.filter(seq=1).exists()

    # The process that still has the text open, and one that reads it anew.
    again = live.join(text, person, anna.doc)
    whole = settle([again, ben])
    own_live.start()
    whole_there = settle([own_live.join(text, person, anna.doc), own_live.join(text, person)])

    assert whole == whole_there == stored_text(text)
    assert whole.startswith("Im Zug geschrieben. ang. Ben 0. ")
    assert whole.endswith("Ben 2. Und mehr. ")
