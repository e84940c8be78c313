"""``manage.py relay`` ends when it is asked to, in this very process."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection

from in4green.activity.management.commands import relay
from in4green.activity.models import Delivery
from tests.activity.conftest import states
from tests.support.waiting import wait_for

State = Delivery.State
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def handlers(valkey, monkeypatch) -> Iterator[None]:
    """This process's own signal handlers come back, and rings go to this test's Valkey."""
    monkeypatch.setattr(current_app.conf, "broker_write_url", valkey.url)
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    alarm = signal.getsignal(signal.SIGALRM)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, alarm)
    for number, handler in kept.items():
        signal.signal(number, handler)


def is_listening() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = 'relay'"
            " AND datname = current_database() AND query NOT LIKE 'LISTEN%%'"
        )
        return cursor.fetchone() is not None


def after(ready, number: int) -> threading.Thread:
    """Sends the signal as soon as ``ready`` says so."""

    def watch():
        try:
            wait_for(ready, timeout=60)  # nothing else ends the relay, however slow it is
        finally:
            connection.close()
            os.kill(os.getpid(), number)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_relay_that_waits_ends_at_once(number):
    watcher = after(is_listening, number)

    call_command("relay")

    watcher.join()
    assert signal.alarm(0) == 0


def test_a_relay_whose_mail_server_hangs_ends_after_its_grace(
    letters, smtp_server, valkey, monkeypatch
):
    monkeypatch.setattr(relay, "GRACE", 1)
    valkey.stop()
    smtp_server.hang_after_data()
    letters.queue("a@example.org", "b@example.org")
    watcher = after(lambda: smtp_server.hung, signal.SIGTERM)

    with pytest.raises(SystemExit) as ended:
        call_command("relay")

    watcher.join()
    assert ended.value.code == 0
    assert states() == {State.INFLIGHT: 1, State.QUEUED: 1}
