"""The relay hears, rings, and sends what no worker comes for."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now

from in4green.activity import outbox, relay
from in4green.activity.claims import Claim
from in4green.activity.listening import Listener
from in4green.activity.models import Delivery
from in4green.activity.relay import Relay
from in4green.activity.services import wake_relay
from tests.activity.conftest import states
from tests.support.waiting import wait_for

State = Delivery.State
pytestmark = pytest.mark.django_db(transaction=True)


class Running:
    """A relay in a thread, and when it rang."""

    def __init__(self, answers: Callable[[], bool]) -> None:
        self.rings: list[float] = []
        self._answers = answers
        self.relay = Relay(self._ring)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.relay.run()
        finally:
            connection.close()

    def _ring(self) -> bool:
        self.rings.append(time.monotonic())
        return self._answers()

    def stop(self, timeout: float = 10) -> None:
        self.relay.stop()
        self._thread.join(timeout)
        assert not self._thread.is_alive()


@pytest.fixture
def run() -> Iterator[Callable[..., Running]]:
    """``run()`` starts a relay that listens by the time it returns; True: the queue takes rings."""
    started: list[Running] = []

    def run(answers: Callable[[], bool] = lambda: True) -> Running:
        started.append(Running(answers))
        wait_for(listeners)
        return started[-1]

    yield run
    for running in started:
        running.stop()


def listeners() -> list[tuple[int, str]]:
    """Process number and start of the last query of every listening connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, query_start::text FROM pg_stat_activity WHERE application_name = 'relay'"
            " AND datname = current_database() AND state = 'idle'"
            # One that has just been opened has asked nothing yet.
            " AND query <> '' AND query NOT LIKE 'LISTEN%%'"
        )
        return cursor.fetchall()


def end_listeners() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'relay' AND datname = current_database()"
        )


def test_a_commit_rings_within_three_tenths_of_a_second(letters, run):
    running = run()
    delays = []
    for n in range(3):  # the quickest counts: other tests keep this machine busy
        with transaction.atomic():
            letters.queue(f"p{n}@example.org")
            assert not threading.Event().wait(0.3)
            assert len(running.rings) == n
        committed = time.monotonic()
        wait_for(lambda n=n: len(running.rings) > n)
        delays.append(running.rings[n] - committed)

    assert min(delays) < 0.3


def test_nobody_is_rung_for_a_change_that_was_rolled_back(letters, run):
    running = run()
    before = wait_for(listeners)

    with transaction.atomic():
        letters.queue("anna@example.org")
        transaction.set_rollback(True)
    wake_relay()

    wait_for(lambda: listeners() not in ([], before))
    assert running.rings == []


def test_a_burst_is_rung_a_few_times_and_last_after_its_last_commit(letters, run):
    running = run()

    began = time.monotonic()
    for n in range(30):
        letters.queue(f"p{n}@example.org")
    ended = time.monotonic()

    wait_for(lambda: running.rings and running.rings[-1] > ended)
    assert len(running.rings) <= (ended - began) / relay.BURST + 2


def test_without_work_it_neither_rings_nor_asks(letters, run):
    running = run()
    before = wait_for(listeners)

    assert not threading.Event().wait(1)

    assert (listeners(), running.rings) == (before, [])


def test_a_notice_without_work_rings_nobody(letters, run):
    running = run()
    before = wait_for(listeners)

    wake_relay()

    wait_for(lambda: listeners() not in ([], before))
    assert running.rings == []


def test_it_sends_by_itself_when_the_queue_takes_no_ring(letters, run, sent):
    run(lambda: False)

    letters.queue(*(f"p{n}@example.org" for n in range(12)))

    wait_for(lambda: states() == {State.SENT: 12})
    assert len(sent) == 12


def test_it_sends_by_itself_what_no_worker_comes_for(letters, run, sent, outbox_settings):
    outbox_settings["RELAY_AFTER"] = timedelta(seconds=1)
    running = run()
    began = time.monotonic()

    letters.queue("anna@example.org")

    wait_for(lambda: states() == {State.SENT: 1})
    assert time.monotonic() - began > 0.9
    assert len(running.rings) >= 2


def test_it_rings_when_the_time_of_a_later_attempt_has_come(letters, run):
    running = run()
    with transaction.atomic():
        letters.queue("anna@example.org")
        Delivery.objects.update(next_at=Now() + timedelta(seconds=1))
    began = time.monotonic()

    wait_for(lambda: running.rings)

    assert running.rings[0] - began > 0.8


def test_it_rings_when_a_lease_has_run_out(letters, run):
    running = run()
    with transaction.atomic():
        [row] = letters.queue("anna@example.org")
        lease = Now() + timedelta(seconds=0.7)
        Delivery.objects.update(state=State.INFLIGHT, claim=row.pk, lease_until=lease)

    wait_for(lambda: running.rings)


def test_it_rings_in_time_for_what_a_worker_has_put_back(letters, run, outbox_settings):
    outbox_settings["BACKOFF"] = timedelta(seconds=1)
    letters.write = lambda row: 1 / 0
    running = run()
    letters.queue("anna@example.org")
    wait_for(lambda: running.rings)
    outbox.send_due()
    before = len(running.rings)

    wait_for(lambda: len(running.rings) > before, timeout=5)


def test_it_rings_for_what_a_worker_has_left_over(letters, run):
    running = run()
    letters.queue("anna@example.org")
    wait_for(lambda: running.rings)
    claim = Claim()
    before = len(running.rings)

    claim.release()

    wait_for(lambda: len(running.rings) > before, timeout=5)


def test_a_lost_connection_is_made_again_and_what_came_meanwhile_is_rung_for(letters, run):
    running = run()

    with transaction.atomic():
        letters.queue("anna@example.org")
        end_listeners()

    wait_for(lambda: running.rings)
    assert wait_for(listeners)


def test_pauses_grow_while_the_database_is_away(letters, run, monkeypatch):
    monkeypatch.setattr(relay, "RECONNECT", (0.05, 0.1))
    attempts = []

    class Away(Listener):
        def __init__(self, alarm):
            attempts.append(time.monotonic())
            if len(attempts) in (2, 3, 4):
                raise psycopg.OperationalError("away")
            super().__init__(alarm)

    monkeypatch.setattr(relay, "Listener", Away)
    running = run()
    end_listeners()
    wait_for(lambda: len(attempts) == 5)
    wait_for(listeners)
    letters.queue("anna@example.org")

    wait_for(lambda: running.rings)
    pauses = [later - earlier for earlier, later in pairwise(attempts[1:])]
    assert all(pause > 0.09 for pause in pauses)


def test_trouble_with_the_database_while_sending_is_survived(letters, run, sent):
    failed = threading.Event()

    def write(row):
        if failed.is_set():
            return letters.letter
        failed.set()
        raise OperationalError("away")

    letters.write = write
    run(lambda: False)
    [row] = letters.queue("anna@example.org")
    assert failed.wait(10)
    assert states() == {State.INFLIGHT: 1}

    Delivery.objects.update(lease_until=Now())
    wake_relay()

    wait_for(lambda: states() == {State.SENT: 1})
    assert [mail.extra_headers["Message-ID"] for mail in sent] == [row.message_id]


def test_stopping_finishes_the_row_in_hand_and_gives_back_the_rest(letters, run, sent):
    at_work, go_on = threading.Event(), threading.Event()

    def write(row):
        at_work.set()
        go_on.wait(10)
        return letters.letter

    letters.write = write
    running = run(lambda: False)
    letters.queue("a@example.org", "b@example.org", "c@example.org")
    assert at_work.wait(10)
    running.relay.stop()
    go_on.set()
    running.stop()

    assert states() == {State.SENT: 1, State.QUEUED: 2}
    assert Delivery.objects.filter(state=State.QUEUED, attempts=0, claim=None).count() == 2


def test_between_two_mails_it_rings_for_what_has_come(letters, run, sent, outbox_settings):
    """Slow mails of its own don't keep workers from new ones."""
    outbox_settings["RELAY_AFTER"] = timedelta(seconds=0)
    first_in_hand, go_on = threading.Event(), threading.Event()

    def write(row):
        first_in_hand.set()
        go_on.wait(10)
        return letters.letter

    letters.write = write
    running = run()
    letters.queue(*(f"p{n}@example.org" for n in range(3)))
    assert first_in_hand.wait(10)
    rings = len(running.rings)
    assert not threading.Event().wait(relay.BURST)
    wake_relay()
    go_on.set()

    wait_for(lambda: len(running.rings) > rings)
    wait_for(lambda: states() == {State.SENT: 3})
