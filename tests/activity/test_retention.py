"""Deliveries stay ninety days, expired cache rows not at all."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from in4green.activity import tasks
from in4green.activity.models import Delivery, LogEntry, Notification
from in4green.activity.retention import delete_expired, delete_old_deliveries
from in4green.activity.services import record
from tests.activity.conftest import age

State = Delivery.State
pytestmark = pytest.mark.django_db


def finish(*deliveries, state=State.SENT) -> None:
    numbers = [row.pk for row in deliveries]
    Delivery.objects.filter(pk__in=numbers).update(state=state, sent_at=Now())


def cache_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache_entry")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("state", [State.SENT, State.DEAD, State.CANCELLED])
def test_what_ended_ninety_days_ago_is_deleted(letters, state):
    old, young = letters.queue("old@example.org", "young@example.org")
    finish(old, young, state=state)
    age(old, timedelta(days=91))
    age(young, timedelta(days=89))

    delete_old_deliveries()

    assert list(Delivery.objects.all()) == [young]
    assert Notification.objects.count() == 1


def test_a_notification_goes_with_its_last_delivery(letters):
    [delivery] = letters.queue("old@example.org")
    finish(delivery)
    age(delivery, timedelta(days=91))
    Notification.objects.update(created_at=Now() - timedelta(days=91))

    delete_old_deliveries()

    assert not Notification.objects.exists()


def test_what_still_waits_stays_however_old(letters):
    [delivery] = letters.queue("old@example.org")
    age(delivery, timedelta(days=400))
    Notification.objects.update(created_at=Now() - timedelta(days=400))

    assert delete_old_deliveries() == 0

    assert Delivery.objects.contains(delivery)


def test_expired_cache_rows_are_deleted():
    cache.set("kept", 1, 60)
    cache.set("expired", 1, -1)
    before = cache_rows()

    delete_expired()

    assert before - cache_rows() == 1
    assert cache.get("kept") == 1


# --- The tasks that beat and the relay start ---


def test_a_ring_sends_what_is_due(letters, sent):
    letters.queue("anna@example.org")

    tasks.send_due.apply(throw=True)

    assert len(sent) == 1


def test_a_task_is_short_and_has_the_bell_rung_for_what_is_left(letters, sent, monkeypatch):
    monkeypatch.setattr(tasks, "TURN", timedelta(seconds=-1))
    letters.queue("anna@example.org")

    with CaptureQueriesContext(connection) as queries:
        tasks.send_due.apply(throw=True)

    assert sent == []
    assert "pg_notify" in queries.captured_queries[-1]["sql"]


def test_the_sweep_sends_and_cleans(letters, sent):
    old, _ = letters.queue("old@example.org", "new@example.org")
    finish(old)
    age(old, timedelta(days=91))

    tasks.sweep_outbox.apply(throw=True)

    assert [mail.to for mail in sent] == [["new@example.org"]]
    assert not Delivery.objects.contains(old)


def test_the_sealer_seals():
    record(None, "tests.done")

    tasks.seal_log.apply(throw=True)

    assert LogEntry.objects.get().number == 1
