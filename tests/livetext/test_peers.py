"""A connection whose other side is gone harms nobody else in its room."""

import asyncio
from typing import Any

import pytest

from in4green.livetext.live.doors import Visitor
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.peers import SocketPeer
from in4green.livetext.owners import Access
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
