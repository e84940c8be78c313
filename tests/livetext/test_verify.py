"""The operator asks whether every text says what its log says."""

import pycrdt
import pytest
from django.core.management import CommandError, call_command

from in4green.livetext.archive import quarantine, snapshots
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate
from tests.livetext.live import Live
from tests.livetext.replay import stored_text
from tests.livetext.texts import Person, fresh, written
from tests.livetext.writing import doc, p

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    text, anna = written("Eins", "Zwei")
    snapshots.take(text)
    anna.add("Drei")
    return text


def complaint(capsys):
    """What the command says of the first fault, and that it fails."""
    with pytest.raises(CommandError, match=r"\d+ faults? in 1 texts"):
        call_command("verify_texts")
    return capsys.readouterr().out


def test_texts_that_are_right_pass(text, capsys):
    call_command("verify_texts")

    assert capsys.readouterr().out == "All 1 texts say what their logs say.\n"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_missing_number_is_a_fault(text, capsys, number):
    TextUpdate.objects.filter(text=text, seq=number).delete()

    assert f"Text {text.pk} (notebook): " in complaint(capsys)


def test_a_snapshot_that_was_changed_is_a_fault(text, capsys):
    other = crdt.from_json(doc(p("Etwas anderes")))
    TextSnapshot.objects.filter(text=text).update(state=other)

    assert "Snapshot 2: the state is not what was written." in complaint(capsys)


def test_a_snapshot_that_says_something_else_than_the_log_is_a_fault(text, capsys):
    TextUpdate.objects.filter(text=text, seq=2).update(payload=b"\0\0")

    assert "Snapshot 2: the log and the content differ." in complaint(capsys)


def test_a_tail_that_makes_no_text_is_a_fault(text, capsys):
    TextUpdate.objects.filter(text=text, seq=3).update(payload=b"\x01\x01")

    assert "It can't be built" in complaint(capsys)


def test_content_against_the_schema_is_a_fault(text, capsys):
    person = Person(text)
    person.root.children.append(pycrdt.XmlElement("bulletList"))
    update = person.doc.get_update()
    TextUpdate.objects.filter(text=text, seq=3).update(payload=update)

    assert ": bulletList may not hold nothing" in complaint(capsys)


def test_a_wrong_note_of_the_newest_snapshot_is_a_fault(text, capsys):
    LiveText.objects.filter(pk=text.pk).update(snapshot_seq=1)

    assert "Its newest snapshot is not number 1." in complaint(capsys)


def test_a_quarantined_text_is_named_and_not_built(text, capsys):
    quarantine.put_away(text)

    assert "It is quarantined and was not checked." in complaint(capsys)


def test_after_a_restore_every_text_begins_an_epoch_and_says_the_same(text, capsys):
    call_command("begin_epochs")

    assert "1 texts are in a new epoch." in capsys.readouterr().out
    assert fresh(text).epoch == 2
    call_command("verify_texts")
    assert snapshots.take(fresh(text)).content_json == doc(p("Eins"), p("Zwei"), p("Drei"))


@pytest.mark.django_db(transaction=True)
def test_an_old_tab_is_not_merged_into_a_restored_text(live: Live, text):
    """The backup is older than what the tab has seen as saved."""
    anna = live.join(text, Person(text).user)
    kept = anna.doc
    TextUpdate.objects.filter(text=text, seq=3).delete()
    LiveText.objects.filter(pk=text.pk).update(head_seq=2)

    call_command("begin_epochs")

    assert anna.wait_for_close() == 4409
    again = live.connect(text, Person(text).user, doc=kept)
    assert again.wait_for_close() == 4409
    assert stored_text(text) == "Eins\nZwei"
