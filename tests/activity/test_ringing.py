"""The bell rings through a real Valkey, and never waits for one that does not answer."""

import time

import pytest
from celery import current_app

from in4green.activity import ringing
from in4green.activity.ringing import Bell
from tests.support.waiting import wait_for


@pytest.fixture
def bell(valkey, monkeypatch):
    """A bell on this test's own Valkey."""
    monkeypatch.setattr(current_app.conf, "broker_write_url", valkey.url)
    bell = Bell()
    yield bell
    bell.close()


def waiting_rings(valkey) -> int:
    with current_app.connection_for_read(valkey.url) as connection:
        return connection.default_channel.client.llen("celery")


def seconds(act) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def test_a_ring_is_a_task_in_the_queue(bell, valkey):
    assert bell.ring()
    assert bell.ring()

    assert waiting_rings(valkey) == 2


def test_rings_are_quick(bell):
    bell.ring()

    assert min(seconds(bell.ring) for _ in range(5)) < 0.1


def test_a_frozen_valkey_costs_a_moment_and_then_nothing(bell, valkey):
    bell.ring()
    valkey.freeze()

    assert seconds(bell.ring) < 5
    assert bell.ring() is False
    assert min(seconds(bell.ring) for _ in range(5)) < 0.01


def test_a_valkey_that_was_frozen_from_the_start_costs_no_more(bell, valkey):
    valkey.freeze()

    assert seconds(bell.ring) < 5
    assert bell.ring() is False


def test_a_stopped_valkey_is_noticed_at_once(bell, valkey):
    valkey.stop()

    assert seconds(bell.ring) < 5
    assert bell.ring() is False


def test_after_a_rest_it_rings_again(bell, valkey, monkeypatch):
    monkeypatch.setattr(ringing, "REST", 0.2)
    bell.ring()
    valkey.stop()
    assert bell.ring() is False

    valkey.start()

    wait_for(bell.ring)
    assert waiting_rings(valkey) == 2
