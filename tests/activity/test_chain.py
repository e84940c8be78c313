"""The log can be added to, sealed and pruned; every other change is refused or found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from in4green.activity import chain
from in4green.activity.chain import Altered, Missing, Unsealed
from in4green.activity.models import LogEntry
from in4green.activity.services import record
from tests.factories import CityFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(count: int) -> list[LogEntry]:
    return [record(None, "tests.done", n=n, text="Größe") for n in range(count)]


def force(sql: str, *values: object) -> None:
    """What somebody with the database in his hands can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE activity_logentry DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE activity_logentry ENABLE TRIGGER USER")


def verify_audit() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


# --- Append-only ---


@pytest.mark.parametrize(
    "change",
    [
        {"action": "something.else"},
        {"data": {"n": 8}},
        {"at": Now()},
        {"subject_id": "8"},
        {"actor_id": 8},
        {"number": 1, "seal": b"x" * 32, "action": "something.else"},
    ],
    ids=lambda change: "+".join(change),
)
def test_nobody_changes_a_row(change):
    [entry] = write(1)

    with pytest.raises(DatabaseError, match="append-only: UPDATE refused"), transaction.atomic():
        LogEntry.objects.filter(pk=entry.pk).update(**change)


def test_a_seal_is_given_once():
    write(1)
    chain.seal()

    with pytest.raises(DatabaseError, match="append-only: UPDATE refused"), transaction.atomic():
        LogEntry.objects.update(seal=b"x" * 32)


def test_nobody_deletes_a_row():
    write(1)

    with pytest.raises(DatabaseError, match="append-only: DELETE refused"), transaction.atomic():
        LogEntry.objects.all().delete()


def test_nobody_writes_a_row_that_is_sealed_already():
    with pytest.raises(DatabaseError, match="append-only: INSERT refused"), transaction.atomic():
        LogEntry.objects.create(action="tests.forged", number=1, seal=b"x" * 32)


def test_a_person_who_is_erased_leaves_rows_as_they_were_sealed():
    user = UserFactory()
    entry = record(user, "tests.done", user)
    chain.seal()
    number = user.pk

    user.delete()

    kept = LogEntry.objects.select_related("actor").get(pk=entry.pk)
    assert (kept.actor, kept.actor_id) == (None, number)
    assert list(chain.verify()) == []


# --- Sealing ---


def test_rows_are_chained_without_gaps():
    entries = write(3)

    assert chain.seal() == 3
    assert chain.seal() == 0

    sealed = list(LogEntry.objects.sealed())
    assert [(row.number, row.pk) for row in sealed] == [
        (n, entry.pk) for n, entry in enumerate(entries, start=1)
    ]
    assert len({bytes(row.seal) for row in sealed}) == 3
    assert list(chain.verify()) == []


def test_more_rows_than_a_batch_are_one_chain(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    write(5)

    assert chain.seal() == 5

    assert list(chain.verify()) == []


def test_what_is_rolled_back_leaves_no_gap():
    write(1)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(1)

    chain.seal()

    assert list(LogEntry.objects.sealed().values_list("number", flat=True)) == [1, 2]


def test_every_field_is_part_of_the_seal():
    city = CityFactory()
    [entry] = write(1)
    seals = {chain.seal_of(entry, 1, chain.GENESIS), chain.seal_of(entry, 2, chain.GENESIS)}
    seals.add(chain.seal_of(entry, 1, b"x" * 32))
    other = record(UserFactory(), "tests.other", city, n=1)
    for field in ("id", "at", "actor_id", "action", "subject_type_id", "subject_id", "data"):
        changed = LogEntry.objects.get(pk=entry.pk)
        setattr(changed, field, getattr(other, field))
        seals.add(chain.seal_of(changed, 1, chain.GENESIS))

    assert len(seals) == 10


def test_the_end_of_the_chain_is_told_to_the_log_outside(caplog):
    caplog.set_level("INFO")
    write(2)

    chain.seal()

    last = LogEntry.objects.sealed().last()
    assert f"log sealed up to 2: {bytes(last.seal).hex()}" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_committed_late_is_chained_when_it_is_seen():
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            [early] = write(1)

            def write_and_seal():
                try:
                    [late] = write(1)
                    return late.pk, chain.seal()
                finally:
                    connection.close()

            late_pk, sealed = thread.submit(write_and_seal).result(10)
        assert sealed == 1

    assert early.pk < late_pk
    assert chain.seal() == 1
    in_order = list(LogEntry.objects.sealed().values_list("pk", flat=True))
    assert in_order == [late_pk, early.pk]
    assert list(chain.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_while_one_seals_nobody_else_does():
    write(2)

    def seal_in_a_thread():
        try:
            return chain.seal()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        assert chain._lock_sealer()
        assert thread.submit(seal_in_a_thread).result(10) == 0

    assert chain.seal() == 2


# --- Verifying ---


def test_an_intact_log_is_said_to_be_intact():
    assert verify_audit().endswith("The log is intact.\n")
    write(2)
    chain.seal()

    seal = bytes(LogEntry.objects.sealed().last().seal).hex()
    assert verify_audit() == f"The chain ends with row 2: {seal}\nThe log is intact.\n"


def test_rows_without_a_seal_are_named_and_no_damage():
    write(1)
    chain.seal()
    [entry] = write(1)

    assert list(chain.verify()) == [Unsealed(entry.pk)]
    assert f"Not sealed yet: id {entry.pk}.\n" in verify_audit()


def test_altered_rows_are_named_each_by_itself():
    entries = write(5)
    chain.seal()
    force("UPDATE activity_logentry SET data = '{\"n\": 99}' WHERE number IN (2, 4)")

    assert list(chain.verify()) == [Altered(2, entries[1].pk), Altered(4, entries[3].pk)]
    with pytest.raises(CommandError, match="damaged in 2 places"):
        verify_audit()


def test_a_row_sealed_anew_after_a_change_betrays_itself_by_the_next_one():
    entries = write(3)
    chain.seal()
    first, second, _ = LogEntry.objects.sealed()
    second.data = {"n": 99}
    forged = chain.seal_of(second, 2, bytes(first.seal))
    force("UPDATE activity_logentry SET data = '{\"n\": 99}', seal = %s WHERE number = 2", forged)

    assert list(chain.verify()) == [Altered(3, entries[2].pk)]


def test_missing_rows_are_named():
    write(6)
    chain.seal()
    force("DELETE FROM activity_logentry WHERE number IN (1, 3, 4)")

    assert list(chain.verify()) == [Missing(1, 1), Missing(3, 4)]
    with pytest.raises(CommandError, match="damaged in 2 places"):
        verify_audit()


# --- Retention ---


def grow_old(*numbers: int, days: int = 366) -> None:
    """As if these rows had been written and sealed so long ago."""
    force("UPDATE activity_logentry SET number = NULL, seal = NULL")
    at = "UPDATE activity_logentry SET at = now() - make_interval(days => %s) WHERE id = %s"
    for number in numbers:
        force(at, days, number)
    chain.seal()


def test_what_is_older_than_its_period_goes_and_the_chain_begins_later(settings):
    entries = write(5)
    grow_old(entries[0].pk, entries[1].pk)

    assert chain.prune() == 2
    chain.seal()

    assert list(chain.verify()) == []
    numbers = list(LogEntry.objects.sealed().values_list("number", "action"))
    assert numbers == [(3, "tests.done"), (4, "tests.done"), (5, "tests.done"), (6, chain.PRUNED)]


def test_only_the_chain_s_beginning_goes_whatever_the_dates_say():
    entries = write(3)
    grow_old(entries[1].pk)

    assert chain.prune() == 0


def test_everything_may_be_old():
    entries = write(2)
    grow_old(*(entry.pk for entry in entries))

    assert chain.prune() == 2
    chain.seal()

    assert LogEntry.objects.get().number == 3
    assert list(chain.verify()) == []


def test_pruning_is_done_once_a_day():
    old, newer, _ = write(3)
    grow_old(old.pk)
    assert chain.prune() == 1
    grow_old(newer.pk)

    assert chain.prune() == 0


def test_more_missing_than_was_pruned_is_damage():
    entries = write(4)
    grow_old(entries[0].pk)
    chain.prune()
    chain.seal()
    force("DELETE FROM activity_logentry WHERE number = 2")

    assert list(chain.verify()) == [Missing(2, 2)]


def test_after_pruning_the_log_is_append_only_again():
    entries = write(2)
    grow_old(entries[0].pk)
    chain.prune()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LogEntry.objects.all().delete()


def test_periods_are_a_setting(settings):
    settings.LOG_KEPT = timedelta(days=10)
    old, _ = write(2)
    grow_old(old.pk, days=11)

    assert chain.prune() == 1
