"""A snapshot is the whole text, proven before it is kept."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pycrdt
import pytest
from django.db import connections

from in4green.common.health import find_problems
from in4green.livetext import bell, schema, services
from in4green.livetext.archive import snapshots
from in4green.livetext.document import crdt
from in4green.livetext.gate import Known
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate
from tests.factories import NoteFactory
from tests.livetext.live import Live
from tests.livetext.texts import Person, age, break_log, fresh, heard_of, replay, written
from tests.livetext.writing import doc, p
from tests.support.children import database_url

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def limits(settings):
    """``settings.LIVETEXT`` as a copy that a test may change."""
    settings.LIVETEXT = dict(settings.LIVETEXT)
    return settings.LIVETEXT


def due():
    return list(LiveText.objects.due_for_snapshot().values_list("pk", flat=True))


def test_a_snapshot_says_what_the_log_says():
    text, _ = written("Erster Absatz", "Zweiter Absatz")

    snapshot = snapshots.take(text)

    assert snapshot.seq == fresh(text).snapshot_seq == 2
    assert snapshot.content_json == replay(text)
    assert snapshot.plain_text == "Erster Absatz\nZweiter Absatz"
    assert snapshot.checksum == snapshots.checksum(bytes(snapshot.state))
    assert snapshot.misfits == []


def test_the_state_of_a_snapshot_alone_makes_the_text():
    text, _ = written("Erster Absatz", "Zweiter Absatz")

    snapshot = snapshots.take(text)

    assert crdt.content_json(crdt.load([bytes(snapshot.state)])) == snapshot.content_json


def test_what_the_gate_knows_goes_on_from_the_snapshot():
    text, anna = written("Erster Absatz")
    snapshot = snapshots.take(text)
    assert Known.from_bytes(bytes(snapshot.state_vector), bytes(snapshot.depths)).clocks == {
        anna.doc.client_id: anna.doc.get_state()[-1]
    }

    anna.add("Zweiter Absatz")

    assert snapshots.take(text).content_json == doc(p("Erster Absatz"), p("Zweiter Absatz"))


def test_a_text_that_nobody_has_begun_can_have_one():
    snapshot = snapshots.take(NoteFactory().text)

    assert (snapshot.seq, snapshot.content_json, snapshot.misfits) == (0, doc(), [])


def test_nothing_new_makes_no_further_one():
    text, _ = written("Absatz")

    assert snapshots.take(text) == snapshots.take(text)

    assert TextSnapshot.objects.count() == 1


def test_a_later_one_is_built_on_the_one_before():
    text, anna = written("Erster Absatz")
    snapshots.take(text)
    TextUpdate.objects.filter(text=text).delete()
    anna.add("Zweiter Absatz")

    snapshot = snapshots.take(text)

    assert snapshot.content_json == doc(p("Erster Absatz"), p("Zweiter Absatz"))
    assert fresh(text).snapshot_seq == snapshot.seq == 2


@pytest.mark.parametrize("number", [1, 2])
def test_a_log_with_a_hole_makes_none(number):
    text, _ = written("Eins", "Zwei", "Drei")
    TextUpdate.objects.filter(text=text, seq=number).delete()

    with pytest.raises(snapshots.Doubtful, match="numbers are missing"):
        snapshots.take(text)

    assert not TextSnapshot.objects.exists()


def test_an_update_that_waits_for_another_makes_none():
    text, anna = written("Eins")
    anna.root.children.append(pycrdt.XmlElement("paragraph"))
    before = anna.doc.get_state()
    anna.root.children.append(pycrdt.XmlElement("paragraph"))
    break_log(text, anna.doc.get_update(before))

    with pytest.raises(snapshots.Doubtful):
        snapshots.take(text)

    assert not TextSnapshot.objects.exists()


def test_a_text_of_which_the_gate_knows_less_makes_none():
    text, anna = written("Eins")
    snapshot = snapshots.take(text)
    wrong = Known()
    wrong.apply(snapshots.check(Person(text).doc.get_update(), wrong))
    vector, depths = wrong.to_bytes()
    TextSnapshot.objects.filter(pk=snapshot.pk).update(state_vector=vector, depths=depths)
    ben = Person(text, anna.user)
    update = ben.doc.get_state()
    ben.root.children.append(pycrdt.XmlElement("paragraph"))
    break_log(text, ben.doc.get_update(update))

    with pytest.raises(snapshots.Doubtful, match="come further"):
        snapshots.take(text)


def test_what_no_editor_can_show_is_an_alarm_and_is_not_repaired(caplog):
    text = NoteFactory().text
    person = Person(text)
    person.root.children.append(pycrdt.XmlElement("bulletList"))
    person.root.children.append(pycrdt.XmlElement("paragraph"))
    break_log(text, person.doc.get_update())

    with caplog.at_level(logging.ERROR, "in4green.livetext"):
        snapshot = snapshots.take(text)

    assert snapshot.misfits == ["/0: bulletList may not hold nothing"]
    assert "bulletList" in caplog.text
    assert str(text.pk) in find_problems()["texts_misfitting"].text
    kept = crdt.load([bytes(snapshot.state)])
    assert len(kept.get(schema.root(), type=pycrdt.XmlFragment).children) == 2


def test_the_alarm_ends_with_a_snapshot_that_is_right_again():
    text = NoteFactory().text
    person = Person(text)
    person.root.children.append(pycrdt.XmlElement("bulletList"))
    break_log(text, person.doc.get_update())
    snapshots.take(text)
    services.edit(
        fresh(text),
        lambda live: live.get_update(b"\0") if _remove_first(live) else None,
        by=person.user,
    )

    assert snapshots.take(text).misfits == []
    assert "texts_misfitting" not in find_problems()


def _remove_first(live):
    del live.get(schema.root(), type=pycrdt.XmlFragment).children[0]
    return True


def test_a_text_is_due_after_so_many_updates(limits):
    limits["SNAPSHOT_UPDATES"] = 3
    text, anna = written("Eins", "Zwei")
    assert due() == []

    anna.add("Drei")

    assert due() == [text.pk]
    snapshots.take(text)
    assert due() == []


def test_a_text_is_due_after_so_many_bytes(limits):
    limits["SNAPSHOT_BYTES"] = 500
    text, anna = written("Eins")
    snapshots.take(text)
    anna.add("kurz")
    assert due() == []

    anna.add("lang " * 100)

    assert due() == [text.pk]


def test_a_text_is_due_when_nobody_has_written_for_half_a_minute():
    text, _ = written("Eins")
    assert due() == []

    age(text, timedelta(seconds=31))

    assert due() == [text.pk]


def test_a_text_whose_snapshot_is_late_is_red():
    text, _ = written("Eins")
    age(text, 9 * MINUTE)
    assert "texts_overdue" not in find_problems()

    age(text, 2 * MINUTE)

    assert str(text.pk) in find_problems()["texts_overdue"].text
    snapshots.take(text)
    assert "texts_overdue" not in find_problems()


def test_a_text_that_runs_away_from_its_snapshots_is_red(limits):
    limits["SNAPSHOT_UPDATES"] = 1
    text, _ = written("Eins")
    LiveText.objects.filter(pk=text.pk).update(head_seq=10)

    assert "texts_overdue" in find_problems()


def test_a_new_epoch_goes_on_with_what_is_committed():
    text, anna = written("Eins")
    snapshots.take(text)
    anna.add("Zwei")

    services.begin_epoch(text)

    text = fresh(text)
    assert (text.epoch, text.head_seq, text.snapshot_seq) == (2, 2, 1)
    assert snapshots.take(text).content_json == doc(p("Eins"), p("Zwei"))
    Person(text, anna.user).add("Drei")
    assert fresh(text).head_seq == 3


def test_one_that_comes_late_does_not_hide_a_newer_one():
    text, anna = written("Eins")
    late = snapshots.gather(text)
    anna.add("Zwei")
    snapshots.take(text)

    snapshots.store(late, snapshots.build(late))

    assert fresh(text).snapshot_seq == 2
    assert snapshots.take(text).seq == 2


def test_one_of_the_epoch_before_is_not_the_new_one_s():
    text, _ = written("Eins")
    late = snapshots.gather(text)
    services.begin_epoch(text)

    snapshots.store(late, snapshots.build(late))

    assert fresh(text).snapshot_seq == 0
    assert list(LiveText.objects.with_unsaved_tail()) == [text]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    text, _ = written(*(f"Absatz {n}" for n in range(50)))

    def take(_):
        try:
            return snapshots.take(text).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = set(pool.map(take, range(8)))

    assert taken == set(TextSnapshot.objects.values_list("pk", flat=True))
    assert len(taken) == 1


@pytest.mark.django_db(transaction=True)
def test_live_processes_are_told_of_a_new_one_and_not_of_an_old_one():
    text, _ = written("Eins")
    with psycopg.connect(database_url(), autocommit=True) as ear:
        ear.execute(f"LISTEN {bell.CHANNEL}")

        snapshots.take(text)
        snapshots.take(text)

        heard = heard_of(text, ear)
    assert heard == [{"text": text.pk, "snapshot": 1}]


@pytest.mark.django_db(transaction=True)
def test_people_go_on_typing_while_snapshots_are_taken(live: Live):
    text, anna = written("Anfang")
    ben = live.join(text, Person(text).user)
    for n in range(10):
        number = ben.type(f" {n}")
        ben.wait_for_ack(number)
        snapshots.take(text)

    newcomer = live.join(text, anna.user)

    newcomer.wait_for_text("Anfang 0 1 2 3 4 5 6 7 8 9")
    assert snapshots.take(text).content_json == replay(text)
