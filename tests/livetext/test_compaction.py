"""What nobody needs any more goes, after a proof, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from in4green.livetext.archive import compaction, quarantine, snapshots, versions
from in4green.livetext.archive.replay import disagreement
from in4green.livetext.document import crdt
from in4green.livetext.models import TextSnapshot, TextUpdate
from tests.livetext.live import Live
from tests.livetext.texts import Person, age, fresh, replay, written
from tests.livetext.writing import doc, p
from tests.support.children import database_url
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
OLD = 91 * DAYS


def numbers(text):
    return list(text.updates.order_by("epoch", "seq").values_list("seq", flat=True))


def snapshot_numbers(text):
    return list(text.snapshots.order_by("seq").values_list("seq", flat=True))


def written_long_ago(*, snapshots_at=(2, 4), length=6, version_at=(4,)):
    """A text with these snapshots and versions, all older than the log is kept."""
    text, anna = written()
    for number in range(1, length + 1):
        anna.add(f"Absatz {number}")
        if number in snapshots_at:
            snapshots.take(text)
        if number in version_at:
            versions.save(text, by=anna.user)
    age(text, OLD)
    return fresh(text), anna


def content(text):
    """As the newest snapshot and the log after it tell it."""
    newest = text.snapshots.order_by("-seq").first()
    rows = text.updates.filter(epoch=text.epoch, seq__gt=newest.seq).order_by("seq")
    return crdt.content_json(crdt.load([bytes(newest.state), *(bytes(r.payload) for r in rows)]))


def test_old_rows_before_two_verified_snapshots_go_and_the_text_stays():
    text, _ = written_long_ago()
    before = replay(text)

    compaction.compact(text)

    assert numbers(text) == [3, 4, 5, 6]
    assert content(text) == before
    assert not TextSnapshot.objects.filter(verified_at=None).exists()


def test_rows_that_are_not_old_enough_stay():
    text, _ = written_long_ago()
    TextUpdate.objects.filter(text=text).update(at=fresh(text).changed_at + 2 * DAYS)

    compaction.compact(text)

    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_one_young_row_keeps_all_that_come_after_it():
    text, _ = written_long_ago(snapshots_at=(1, 3, 5), version_at=(5,))
    TextUpdate.objects.filter(text=text, seq=2).update(at=fresh(text).changed_at + 2 * DAYS)

    compaction.compact(text)

    assert numbers(text)[:2] in ([1, 2], [2, 3])


def test_a_single_snapshot_is_no_reason_to_let_rows_go():
    text, _ = written_long_ago(snapshots_at=(4,), version_at=(4,))

    compaction.compact(text)

    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_rows_whose_writers_no_version_names_stay():
    text, _ = written_long_ago(version_at=())

    compaction.compact(text)

    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_who_wrote_is_known_from_the_versions_when_the_log_is_gone():
    text, anna = written_long_ago(version_at=(2, 4))
    compaction.compact(text)

    first = text.versions.get(snapshot__seq=2)

    assert not text.updates.filter(seq=1).exists()
    assert list(first.authors.all()) == [anna.user]


def test_a_snapshot_that_does_not_say_what_the_log_says_keeps_the_log():
    text, _ = written_long_ago()
    wrong = TextSnapshot.objects.get(text=text, seq=2)
    TextSnapshot.objects.filter(pk=wrong.pk).update(content_json=doc(p("Etwas anderes")))

    with pytest.raises(snapshots.Doubtful, match="content differ"):
        compaction.compact(text)

    assert numbers(text) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"state": crdt.from_json(doc(p("Etwas anderes")))}, "not what was written"),
        ({"content_json": doc(p("Etwas anderes"))}, "content differ"),
        ({"state_vector": b"\x00"}, "state vector differ"),
    ],
)
def test_each_column_of_a_snapshot_is_compared_with_the_log(change, complaint):
    text, _ = written_long_ago()
    TextSnapshot.objects.filter(text=text, seq=4).update(**change)
    earlier, later = TextSnapshot.objects.filter(text=text).order_by("seq")

    assert complaint in disagreement(earlier, later)
    assert disagreement(None, earlier) == ""


def test_a_log_that_says_something_else_than_the_snapshot_is_found():
    text, _ = written_long_ago()
    TextUpdate.objects.filter(text=text, seq=4).update(payload=b"\0\0")
    earlier, later = TextSnapshot.objects.filter(text=text).order_by("seq")

    assert disagreement(earlier, later) == "the log and the content differ"


def test_a_log_with_a_hole_proves_nothing():
    text, _ = written_long_ago()
    TextUpdate.objects.filter(text=text, seq=3).delete()
    earlier, later = TextSnapshot.objects.filter(text=text).order_by("seq")

    assert "numbers are missing" in disagreement(earlier, later)


def test_snapshots_that_nobody_needs_go_and_those_of_versions_stay():
    text, _ = written_long_ago(snapshots_at=(1, 2, 3, 4, 5, 6), version_at=(3,))

    compaction.compact(text)

    assert snapshot_numbers(text) == [1, 3, 5, 6]
    compaction.compact(text)
    assert snapshot_numbers(text) == [3, 5, 6]
    assert numbers(text) == [4, 5, 6]


def test_what_is_kept_of_the_log_can_be_replayed_from_a_snapshot():
    text, anna = written_long_ago(snapshots_at=(1, 2, 3, 4, 5, 6), version_at=(3, 5))
    for _round in range(3):
        compaction.compact(fresh(text))
        anna.add("Weiter")
        snapshots.take(text)
        versions.save(text, by=anna.user)
        age(text, OLD)

        first = min(numbers(text))
        assert first - 1 in snapshot_numbers(text)
        call_command("verify_texts")


def test_the_last_proven_snapshot_stays_so_that_the_next_proof_is_short():
    text, anna = written_long_ago(version_at=(2,))
    compaction.compact(text)
    for number in (7, 8, 9):
        anna.add(f"Absatz {number}")
        snapshots.take(text)

    compaction.compact(fresh(text))

    assert snapshot_numbers(text) == [2, 4, 8, 9]
    assert not TextSnapshot.objects.filter(verified_at=None).exists()


def test_compacting_twice_does_nothing_more():
    text, _ = written_long_ago()
    compaction.compact(text)
    before = numbers(text), snapshot_numbers(text)

    compaction.compact(text)

    assert (numbers(text), snapshot_numbers(text)) == before


def test_what_was_set_aside_goes_when_it_is_old():
    text, anna = written("Eins")
    snapshots.take(text)
    anna.add("Zwei")
    quarantine.put_away(text)
    quarantine.release(text, by=None, without_tail=True)
    compaction.compact(fresh(text))
    assert text.updates.filter(epoch=1).count() == 1

    age(text, OLD)
    compaction.compact(fresh(text))

    assert text.updates.filter(epoch=1).count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_what_one_does():
    text, _ = written_long_ago()
    before = replay(text)

    def compact(_):
        try:
            compaction.compact(fresh(text))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(compact, range(8)))

    assert numbers(text) == [3, 4, 5, 6]
    assert content(text) == before


@pytest.mark.django_db(transaction=True)
def test_being_killed_midway_does_no_harm(spawn):
    """Batches of one row each, and a lock that holds the fourth one: then the process is killed."""
    text, anna = written_long_ago(snapshots_at=(8, 9), length=10, version_at=(9,))
    before = replay(text)
    row = text.updates.get(seq=4)
    program = (
        "import django; django.setup();"
        "from in4green.livetext.archive import compaction, quarantine;"
        "compaction.BATCH = 1;"
        f"quarantine.attempt({text.pk}, compaction.compact)"
    )
    with psycopg.connect(database_url()) as other:
        other.execute("SELECT 1 FROM livetext_textupdate WHERE id = %s FOR UPDATE", [row.pk])
        child = spawn("-c", program, DJANGO_SETTINGS_MODULE="in4green.settings")
        wait_for(lambda: min(numbers(text)) == 4, timeout=30)
        child.kill()

    assert content(text) == before
    anna.add("Weiter")
    wait_for(lambda: quarantine.attempt(text.pk, lambda found: compaction.compact(found) or True))
    assert numbers(text) == [9, 10, 11]
    assert snapshots.take(text).content_json == content(fresh(text))
    call_command("verify_texts")


@pytest.mark.django_db(transaction=True)
def test_people_go_on_typing_while_the_log_is_thinned(live: Live):
    text, anna = written_long_ago()
    ben = live.join(text, Person(text).user)
    for n in range(10):
        ben.type(f" {n}")
        age(text, OLD)
        snapshots.take(text)
        versions.save(text, by=anna.user)
        compaction.compact(fresh(text))

    ben.wait_for_ack()
    newcomer = live.join(text, anna.user)

    newcomer.wait_for_text("Absatz 6 0 1 2 3 4 5 6 7 8 9")
    assert min(numbers(text)) > 6
    call_command("verify_texts")
