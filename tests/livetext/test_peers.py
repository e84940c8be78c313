"""A connection whose other side is gone harms nobody else in its room."""

import asyncio
from typing import Any

import pytest

from in4green.livetext.live import polling
from in4green.livetext.live.app import LiveText as Process
from in4green.livetext.live.doors import Visitor
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.peers import SocketPeer
from in4green.livetext.live.polling import PollingPeer
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.support.loops import run

pytestmark = pytest.mark.django_db(transaction=True)


async def broadcast(text: Any, error: Exception) -> tuple[list[bytes], int]:
    """What one gets while the other's server fails to send; and how many remain."""
    got: list[bytes] = []

    async def fails(message: Any) -> None:
        raise error

    async def takes(message: Any) -> None:
        got.append(message["bytes"])

    engine = Engine()
    room = await engine.open(text.pk, text.epoch)
    assert room
    dead = SocketPeer(Visitor(1, "Anna", ""), Access.WRITE, send=fails, backlog_limit=1000)
    here = SocketPeer(Visitor(2, "Ben", ""), Access.WRITE, send=takes, backlog_limit=1000)
    for peer in (here, dead):
        peer.room = room
        room.peers.add(peer)
    dead._listening = None
    for frame in (b"one", b"two"):
        room.push(frame)
        await asyncio.sleep(0)
    await engine.reader.close()
    return got, len(room.peers)


@pytest.mark.parametrize(
    "error",
    [OSError("gone"), RuntimeError("Unexpected ASGI message 'websocket.send', after a close")],
)
def test_a_socket_that_can_t_be_sent_to_leaves_and_the_others_get_every_frame(error):
    assert run(broadcast(NoteFactory().text, error)) == ([b"one", b"two"], 1)


async def come_by_polling(text: Any) -> tuple[Process, PollingPeer]:
    process = Process()
    room = await process.engine.open(text.pk, text.epoch)
    assert room
    peer = PollingPeer(Visitor(1, "Anna", ""), Access.WRITE, backlog_limit=1000)
    room.enter(peer)
    process.polls.peers["key"] = peer
    return process, peer


async def push_unfetched(text: Any, frames: list[bytes]) -> int | None:
    process, peer = await come_by_polling(text)
    for frame in frames:
        peer.room.push(frame)
    await process.engine.reader.close()
    return peer.closed


def test_who_polls_and_fetches_nothing_is_given_up():
    text = NoteFactory().text

    assert run(push_unfetched(text, [b"x" * 100] * 20)) == Close.TOO_SLOW


def test_a_large_text_is_no_reason_to_give_up_who_polls():
    text = NoteFactory().text

    assert run(push_unfetched(text, [b"x" * 10_000])) is None


async def forget(text: Any) -> tuple[int | None, int, int]:
    process, peer = await come_by_polling(text)
    await process.polls._watch("key", peer)
    await process.engine.reader.close()
    return peer.closed, len(peer.room.peers), len(process.polls.peers)


def test_who_asks_no_more_by_polling_is_forgotten(monkeypatch):
    monkeypatch.setattr(polling, "FORGOTTEN", 0.0)
    monkeypatch.setattr(polling, "PATIENCE", 0.0)

    assert run(asyncio.wait_for(forget(NoteFactory().text), 20)) == (Close.TOO_SLOW, 0, 0)
