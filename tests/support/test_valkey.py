"""The private Valkey of the tests can be stopped, frozen and emptied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.support.valkey import ValkeyServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path)
    server.start()
    yield server
    server.stop()


def client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.3, socket_connect_timeout=0.3)


def test_a_stopped_server_keeps_what_it_knew(server):
    with client(server.url) as before:
        before.set("key", "value")

    server.stop()
    server.start()

    with client(server.url) as after:
        assert after.get("key") == b"value"


def test_a_frozen_server_answers_nothing_until_it_is_thawed(server):
    with client(server.url) as frozen:
        server.freeze()
        with pytest.raises(redis.TimeoutError):
            frozen.ping()

        server.thaw()
        assert frozen.ping()


def test_a_flushed_server_knows_nothing(server):
    with client(server.url) as connection:
        connection.set("key", "value")
        server.flush()
        assert connection.get("key") is None


def test_nobody_gets_in_without_the_password(server):
    with (
        client(f"redis://127.0.0.1:{server.port}/0") as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
