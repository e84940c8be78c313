"""Real processes, killed, frozen and deserted: every mail arrives, twice at most per kill."""

import time
from collections import Counter

import pytest

from in4green.activity.models import Delivery
from tests.activity.conftest import queue_confirmations, states
from tests.support.waiting import wait_for

State = Delivery.State
pytestmark = pytest.mark.django_db(transaction=True)
# Two seconds in which a dead holder keeps a row; one until the relay stops waiting for workers.
QUICK = {"OUTBOX_LEASE": "2", "OUTBOX_RELAY_AFTER": "1", "OUTBOX_BACKOFF": "1"}
PATIENT = {**QUICK, "OUTBOX_RELAY_AFTER": "600", "OUTBOX_LEASE": "600"}
NOWHERE = "redis://127.0.0.1:1/0"


def assert_all_arrived(smtp_server, deliveries, duplicates: int) -> None:
    """Each once; so many more at most, and recognisable by their Message-ID."""
    try:
        wait_for(lambda: states() == {State.SENT: len(deliveries)}, 60)
    except AssertionError:
        raise AssertionError(f"after a minute: {states()}") from None
    arrived = Counter(message.message_id for message in smtp_server.messages)
    assert set(arrived) == {row.message_id for row in deliveries}
    assert arrived.total() - len(arrived) <= duplicates


@pytest.mark.chaos
def test_a_killed_worker_loses_nothing(smtp_server, valkey, spawn):
    worker, relay = spawn.worker(**QUICK), spawn.relay(**QUICK)
    worker.wait_for_output("ready")
    relay.wait_for_output("listening")
    smtp_server.hang_after_data()
    deliveries = queue_confirmations(12)
    smtp_server.wait_for_hang()
    smtp_server.behave()
    worker.kill()

    assert_all_arrived(smtp_server, deliveries, duplicates=1)


@pytest.mark.chaos
def test_a_killed_relay_loses_nothing(smtp_server, spawn):
    relay = spawn.relay(REDIS_URL=NOWHERE, **QUICK)
    relay.wait_for_output("listening")
    smtp_server.hang_after_data()
    deliveries = queue_confirmations(12)
    smtp_server.wait_for_hang()
    relay.kill()
    smtp_server.behave()
    spawn.relay(REDIS_URL=NOWHERE, **QUICK)

    assert_all_arrived(smtp_server, deliveries, duplicates=1)


@pytest.mark.chaos
def test_two_relays_and_two_workers_share_the_work_and_send_nothing_twice(
    smtp_server, valkey, spawn
):
    """The relays don't wait for workers here, so that all four are at it."""
    eager = {**PATIENT, "OUTBOX_RELAY_AFTER": "0"}
    workers = [spawn.worker("-n", f"{n}@localhost", **eager) for n in (1, 2)]
    relays = [spawn.relay(**eager) for _ in (1, 2)]
    for worker in workers:
        worker.wait_for_output("ready")
    for relay in relays:
        relay.wait_for_output("listening")

    deliveries = queue_confirmations(200)

    assert_all_arrived(smtp_server, deliveries, duplicates=0)
    shares = [child.output.count(" sent") for child in workers + relays]
    assert sum(shares) == 200
    assert sum(shares[:2]) > 0
    assert sum(shares[2:]) > 0


def test_a_mail_normally_travels_with_celery(smtp_server, valkey, spawn):
    worker, relay = spawn.worker(**PATIENT), spawn.relay(**PATIENT)
    worker.wait_for_output("ready")
    relay.wait_for_output("listening")
    [delivery] = queue_confirmations(1)

    assert_all_arrived(smtp_server, [delivery], duplicates=0)
    assert f"delivery {delivery.pk} sent" in worker.output
    assert delivery.address not in worker.output + relay.output


@pytest.mark.chaos
def test_without_a_relay_the_sweep_sends(smtp_server, valkey, spawn):
    worker, beat = spawn.worker(**PATIENT), spawn.beat(OUTBOX_SWEEP="1", **PATIENT)
    deliveries = queue_confirmations(3)

    assert_all_arrived(smtp_server, deliveries, duplicates=0)
    assert worker.running
    assert beat.running


@pytest.mark.chaos
@pytest.mark.parametrize("trouble", ["stop", "freeze"])
def test_without_valkey_the_relay_sends_and_nobody_waits(smtp_server, valkey, spawn, trouble):
    relay = spawn.relay(**PATIENT)
    relay.wait_for_output("listening")
    getattr(valkey, trouble)()

    began = time.monotonic()
    deliveries = queue_confirmations(20, at_once=1)
    written = time.monotonic() - began

    assert_all_arrived(smtp_server, deliveries, duplicates=0)
    assert written < 5  # a hundredth of a second each, and whatever else this machine does
    assert "the queue does not answer" in relay.output


@pytest.mark.chaos
def test_asked_to_end_the_relay_finishes_the_mail_in_hand(smtp_server, spawn):
    relay = spawn.relay(REDIS_URL=NOWHERE, **PATIENT)
    relay.wait_for_output("listening")
    queue_confirmations(60)
    smtp_server.wait_for_messages(1)

    assert relay.terminate(timeout=8) == 0

    found = states()
    assert found.get(State.INFLIGHT, 0) == 0
    assert found[State.SENT] == len(smtp_server.messages)
    assert "stopped" in relay.output


@pytest.mark.chaos
def test_a_mail_server_that_hangs_keeps_no_relay_from_ending(smtp_server, spawn):
    relay = spawn.relay(REDIS_URL=NOWHERE, **PATIENT)
    relay.wait_for_output("listening")
    smtp_server.hang_after_data()
    queue_confirmations(1)
    smtp_server.wait_for_hang()

    assert relay.terminate(timeout=8) == 0

    assert states() == {State.INFLIGHT: 1}
