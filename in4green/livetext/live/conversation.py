"""What a connection may say, and what it is answered."""

import json
from typing import Any

from in4green.livetext import wire
from in4green.livetext.document import crdt
from in4green.livetext.gate.lib0 import Malformed
from in4green.livetext.live.peers import Peer
from in4green.livetext.wire import Close

LONGEST_PING = 200  # bytes


def hear(peer: Peer, frame: bytes) -> None:
    """One frame of one connection; what it can't mean ends the connection."""
    if peer.closed not in (None, Close.NORMAL):  # who has left may have sent it before
        return
    if not peer.allowance.takes(len(frame)):
        peer.close(Close.FLOOD)
        return
    try:
        answer(peer, wire.parse(frame))
    except (Malformed, crdt.Unreadable):
        peer.close(Close.FORBIDDEN_CONTENT)


def answer(peer: Peer, message: wire.Message) -> None:
    """Raises Malformed."""
    match message:
        case (wire.SYNC, wire.STEP_1, vector):
            if peer.allowance.answers():
                peer.room.answer(peer, vector)
            else:
                peer.close(Close.FLOOD)
        case (wire.SYNC, wire.STEP_2 | wire.UPDATE, update):
            peer.room.receive(peer, update)
        case (wire.AWARENESS, _, payload):
            peer.room.greet(peer, payload)
        case (wire.QUERY_AWARENESS, _, _):
            if everybody := peer.room.presence.everybody().to_people:
                peer.push(wire.awareness(everybody))
        case (wire.CONTROL, _, said):
            pong(peer, said)
        case _:
            raise Malformed("no message of this kind")


def pong(peer: Peer, said: bytes) -> None:
    """The other side asks whether we are there."""
    try:
        asked: Any = json.loads(said) if len(said) <= LONGEST_PING else None
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or "ping" not in asked:
        raise Malformed("no control that a client may send")
    peer.push(wire.control(pong=asked["ping"]))
