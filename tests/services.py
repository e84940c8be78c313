"""Fixtures: a real SMTP server, a private Valkey, and the portal's processes as children.

    @pytest.mark.django_db(transaction=True)
    def test_a_killed_relay_loses_nothing(smtp_server, valkey, spawn):
        relay = spawn.relay()
        ...
        relay.kill()
        spawn.relay()
        assert smtp_server.wait_for_messages(1)[0].subject == "…"

Whichever of ``smtp_server`` and ``valkey`` a test asks for is what its children use too.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.support.children import Child, Spawner
from tests.support.smtp import Received, SmtpServer
from tests.support.valkey import ValkeyServer
from tests.support.waiting import wait_for

__all__ = ["Child", "Received", "SmtpServer", "Spawner", "ValkeyServer", "wait_for"]

SMTP_BACKEND = "in4green.activity.smtp.EmailBackend"


@pytest.fixture
def spawn(tmp_path: Path) -> Iterator[Spawner]:
    """Real child processes against this test's database; see `Spawner`."""
    spawner = Spawner(tmp_path)
    yield spawner
    spawner.kill_all()


@pytest.fixture
def smtp_server(settings: Settings, spawn: Spawner) -> Iterator[SmtpServer]:
    """A real SMTP server; this process and its children send there. See `SmtpServer`."""
    server = SmtpServer()
    server.start()
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST = server.host
    settings.EMAIL_PORT = server.port
    spawn.environment["EMAIL_URL"] = server.url
    yield server
    spawn.kill_all()
    server.stop()


@pytest.fixture
def valkey(tmp_path: Path, spawn: Spawner) -> Iterator[ValkeyServer]:
    """A Valkey of this test's own, which its children use; see `ValkeyServer`."""
    server = ValkeyServer(tmp_path)
    server.start()
    spawn.environment["REDIS_URL"] = server.url
    yield server
    spawn.kill_all()
    server.stop()
