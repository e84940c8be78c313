"""A text that kills whoever builds it harms nobody for long."""

import contextlib
import signal
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation

from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry
from in4green.common.health import find_problems
from in4green.livetext import bell, owners, services
from in4green.livetext.archive import quarantine, reading, snapshots, versions
from in4green.livetext.models import LiveText, TextUpdate
from in4green.livetext.owners import Access
from tests.factories import NoteFactory, coordinator_of
from tests.livetext.bombs import deleted_tower
from tests.livetext.live import Live
from tests.livetext.texts import (
    Person,
    age,
    break_log,
    fresh,
    heard_of,
    note_of,
    replay,
    written,
)
from tests.livetext.writing import doc, p
from tests.support.children import database_url
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db
SECONDS = timedelta(seconds=1)


def quarantined(*paragraphs):
    """With all of them but the last in a snapshot."""
    text, anna = written(*paragraphs[:-1])
    snapshots.take(text)
    anna.add(paragraphs[-1])
    quarantine.put_away(text)
    return fresh(text), anna


def call(spawn, task):
    """Rings for a task, as beat does."""
    child = spawn("-m", "celery", "-A", "in4green", "call", f"in4green.livetext.tasks.{task}")
    assert child.wait(30) == 0, child.output


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_a_text_that_kills_the_worker_twice_is_put_away_and_the_others_are_served(spawn, valkey):
    text, anna = written("Gut")
    snapshots.take(text)
    anna.add("Auch gut")
    break_log(text, deleted_tower())
    other, _ = written("Anderer Text")
    coordinator = coordinator_of(note_of(text).group)
    for each in (text, other):
        age(each, 60 * SECONDS)
    worker = spawn.worker()

    call(spawn, "tend_texts")

    wait_for(lambda: fresh(text).quarantined_at, timeout=60)
    wait_for(lambda: fresh(other).snapshot_seq == 1, timeout=60)
    assert worker.running
    assert worker.output.count(f"signal {int(signal.SIGSEGV)}") >= 2, worker.output
    assert fresh(text).snapshot_seq == 1
    told = Delivery.objects.filter(notification__kind="livetext.quarantined")
    assert {row.address for row in told} == {
        coordinator.email,
        note_of(text).group.coordination_address,
    }


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_is_killed_stays_noted_and_holds_nobody_up(spawn):
    text, _ = written("Eins")
    program = (
        "import django, os, signal; django.setup();"
        "from in4green.livetext.archive import quarantine;"
        "kill = lambda text: os.kill(os.getpid(), signal.SIGKILL);"
        f"quarantine.attempt({text.pk}, kill)"
    )
    child = spawn("-c", program, DJANGO_SETTINGS_MODULE="in4green.settings")
    assert child.wait(30) == -signal.SIGKILL
    assert fresh(text).attempts == 1

    wait_for(lambda: quarantine.attempt(text.pk, snapshots.take))

    assert (fresh(text).attempts, fresh(text).snapshot_seq) == (0, 1)


def test_an_attempt_that_comes_to_its_end_leaves_nothing_noted():
    text, _ = written("Eins")

    for _attempt in range(5):
        quarantine.attempt(text.pk, snapshots.take)

    assert (fresh(text).attempts, fresh(text).quarantined_at) == (0, None)


def test_a_text_whose_log_has_a_hole_is_put_away_after_two_attempts():
    text, _ = written("Eins", "Zwei")
    TextUpdate.objects.filter(text=text, seq=1).delete()
    for _attempt in range(2):
        with pytest.raises(snapshots.Doubtful):
            quarantine.attempt(text.pk, snapshots.take)
        assert fresh(text).quarantined_at is None

    assert quarantine.attempt(text.pk, snapshots.take) is None

    assert fresh(text).quarantined_at
    assert str(text.pk) in find_problems()["texts_quarantined"].text
    assert LogEntry.objects.filter(action="livetext.quarantined").count() == 1


def test_nobody_builds_a_quarantined_text():
    text, _ = quarantined("Eins", "Zwei")

    assert quarantine.attempt(text.pk, lambda _: pytest.fail("was built")) is None
    age(text, 60 * SECONDS)
    assert not LiveText.objects.due().exists()
    assert not LiveText.objects.due_for_snapshot().exists()


@pytest.mark.django_db(transaction=True)
def test_one_process_at_a_time_builds_a_text():
    text, _ = written("Eins")
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [quarantine._LOCK, text.pk])

        assert quarantine.attempt(text.pk, lambda _: pytest.fail("was built")) is None

    assert fresh(text).attempts == 0
    wait_for(lambda: quarantine.attempt(text.pk, snapshots.take))


@pytest.mark.parametrize("work", [snapshots.take, lambda text: 1 / 0])
def test_another_process_may_build_a_text_once_an_attempt_has_ended(work):
    text, _ = written("Eins")
    with contextlib.suppress(ZeroDivisionError):
        quarantine.attempt(text.pk, work)

    with psycopg.connect(database_url()) as other:
        taken = other.execute(
            "SELECT pg_try_advisory_lock(%s, %s)", [quarantine._LOCK, text.pk]
        ).fetchone()

    assert taken == (True,)


def test_nobody_writes_in_a_quarantined_text():
    text, anna = quarantined("Eins", "Zwei")

    with pytest.raises(ValidationError):
        anna.add("Drei")
    with pytest.raises(ValidationError):
        versions.save(text, by=anna.user)


def test_a_released_text_goes_on_with_all_that_was_saved():
    text, anna = quarantined("Eins", "Zwei")

    quarantine.release(text, by=anna.user)

    anna.add("Drei")
    assert snapshots.take(fresh(text)).content_json == doc(p("Eins"), p("Zwei"), p("Drei"))
    assert fresh(text).epoch == 1
    assert LogEntry.objects.get(action="livetext.released").actor == anna.user


def test_a_text_released_without_its_tail_goes_on_from_the_last_good_state():
    text, anna = quarantined("Eins", "Zwei")
    tail = bytes(TextUpdate.objects.get(text=text, seq=2).payload)

    quarantine.release(text, by=anna.user, without_tail=True)

    ben = Person(text, anna.user)
    ben.catch_up()
    ben.add("Drei")
    assert snapshots.take(fresh(text)).content_json == replay(text) == doc(p("Eins"), p("Drei"))
    kept = TextUpdate.objects.get(text=text, epoch=1)
    assert (kept.seq, bytes(kept.payload), kept.author) == (2, tail, anna.user)
    call_command("verify_texts")


def test_a_text_without_any_good_state_is_released_empty():
    text, _ = written("Eins")
    quarantine.put_away(text)

    quarantine.release(text, by=None, without_tail=True)

    assert snapshots.take(fresh(text)).content_json == doc()
    assert TextUpdate.objects.filter(text=text, epoch=1).count() == 1


def test_the_command_releases_what_is_quarantined_and_nothing_else(capsys):
    text, _ = quarantined("Eins", "Zwei")

    call_command("release_text", str(text.pk), "--without-tail")

    assert (fresh(text).quarantined_at, fresh(text).epoch) == (None, 2)
    with pytest.raises(CommandError, match="not quarantined"):
        call_command("release_text", str(text.pk))
    assert fresh(text).epoch == 2


def letter(delivery, language):
    with translation.override(language):
        return get_kind("livetext.quarantined").write(delivery)


def test_the_mail_names_the_text_and_leads_to_it():
    note = NoteFactory(title="Ideen für den Park")
    quarantine.put_away(note.text)
    delivery = Delivery.objects.get(notification__kind="livetext.quarantined")

    mail = letter(delivery, "en")

    assert mail.subject == "A text can only be read for now: Ideen für den Park"
    with translation.override("en"):
        assert mail.url == f"http://localhost:8000{note.get_absolute_url()}"
    assert "Ideen für den Park" in mail.paragraphs[1]


def test_the_mail_is_not_due_once_the_text_is_released():
    text, _ = quarantined("Eins", "Zwei")
    delivery = Delivery.objects.get(notification__kind="livetext.quarantined")
    still_due = get_kind("livetext.quarantined").still_due
    assert still_due(delivery)

    quarantine.release(text, by=None)

    delivery = Delivery.objects.get(pk=delivery.pk)
    assert not still_due(delivery)


def test_a_text_that_nobody_owns_can_be_put_away():
    text = LiveText.objects.create(kind="gone")

    quarantine.put_away(text)

    assert fresh(text).quarantined_at
    assert not Delivery.objects.exists()


def test_coordination_sees_the_texts_of_its_groups_alone():
    note, foreign = NoteFactory(), NoteFactory()
    user = coordinator_of(note.group)

    visible = LiveText.objects.visible_to(user)

    assert [text.pk for text in visible] == [note.text_id]
    assert owners.access(user, foreign.text) == Access.NOTHING


def test_what_broke_a_text_is_not_built_for_readers_either():
    text, anna = written("Gut")
    snapshots.take(text)
    anna.add("Auch gut")
    break_log(text, deleted_tower())
    quarantine.put_away(text)

    assert reading.content(fresh(text)) == doc(p("Gut"))


@pytest.mark.django_db(transaction=True)
def test_who_opens_a_quarantined_text_gets_its_last_good_state_and_all_of_it_when_released(
    live: Live,
):
    text, anna = written("Gut")
    writer = live.join(text, anna.user)
    snapshots.take(text)
    writer.wait_for_ack(writer.type(" und neu"))
    quarantine.put_away(text)
    writer.wait_for(lambda: writer.mode == "read")

    reader = live.join(text, Person(text).user)

    assert (reader.mode, reader.text) == ("read", "Gut")
    bell.ring(text=text.pk, seq=fresh(text).head_seq)  # as the net below the bell does it
    services.tell_changed(text, "title")
    reader.wait_for(lambda: {"changed": ["title"]} in reader.controls)
    late = live.join(text, anna.user)
    assert (reader.text, late.text) == ("Gut", "Gut")
    quarantine.release(text, by=None)
    reader.wait_for_text("Gut und neu")
    reader.wait_for(lambda: reader.mode == "write")
    reader.wait_for_ack(reader.type("!"))
    assert snapshots.take(fresh(text)).content_json == replay(text)


@pytest.mark.django_db(transaction=True)
def test_live_processes_hear_at_once_of_what_is_put_away_and_released():
    text, _ = written("Eins")
    with psycopg.connect(database_url(), autocommit=True) as ear:
        ear.execute(f"LISTEN {bell.CHANNEL}")

        quarantine.put_away(text)
        quarantine.put_away(text)
        quarantine.release(text, by=None)

        heard = heard_of(text, ear)
    assert heard == [{"text": text.pk, "rights": True}] * 2


@pytest.mark.django_db(transaction=True)
def test_who_writes_is_told_at_once_that_the_text_can_only_be_read(live: Live):
    text, anna = written("Eins")
    writer = live.join(text, anna.user)
    assert writer.mode == "write"

    quarantine.put_away(text)

    writer.wait_for(lambda: writer.mode == "read", timeout=5)
    quarantine.release(text, by=None)
    writer.wait_for(lambda: writer.mode == "write", timeout=5)
