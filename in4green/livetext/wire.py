"""Frames of the y-websocket protocol, with acknowledgement and control beside it.

One frame is one message: https://github.com/yjs/y-protocols describes sync and awareness. An
acknowledgement tells how many of the connection's updates are committed; control is JSON.
"""

import json
from typing import Any, NamedTuple

from in4green.livetext.gate.lib0 import (
    Malformed,
    read_var_bytes,
    read_var_uint,
    var_bytes,
    var_uint,
)

SYNC, AWARENESS, AUTH, QUERY_AWARENESS, ACK, CONTROL = 0, 1, 2, 3, 8, 9
STEP_1, STEP_2, UPDATE = 0, 1, 2

EMPTY_VECTOR = b"\x00"  # the state vector of somebody who has nothing
EMPTY_UPDATE = b"\x00\x00"


class Close:
    """Codes with which a socket ends. From 4400 to 4499 a client doesn't come back by itself."""

    NORMAL = 1000
    FORBIDDEN_CONTENT = 4400
    SIGNED_OUT = 4401
    RIGHT_ENDED = 4403
    UNKNOWN = 4404
    TOO_SLOW = 4408
    OTHER_EPOCH = 4409
    TOO_MUCH = 4413
    FLOOD = 4429
    RESTART = 1012


class Message(NamedTuple):
    """``step`` is one of the sync steps, or None for the other kinds."""

    kind: int
    step: int | None
    payload: bytes


def parse(frame: bytes) -> Message:
    """Raises Malformed; what follows the message in its frame is malformed, too."""
    kind, at = read_var_uint(frame, 0)
    step = None
    if kind == SYNC:
        step, at = read_var_uint(frame, at)
    elif kind in (QUERY_AWARENESS, ACK):
        return Message(kind, None, frame[at:])
    payload, at = read_var_bytes(frame, at)
    if at != len(frame):
        raise Malformed("bytes follow the message")
    return Message(kind, step, payload)


def step_1(clocks: dict[int, int]) -> bytes:
    """Asks for what lies beyond these clocks, a state vector."""
    vector = [var_uint(len(clocks))]
    for client_id, clock in clocks.items():
        vector += var_uint(client_id), var_uint(clock)
    return b"\x00\x00" + var_bytes(b"".join(vector))


def step_2(update: bytes) -> bytes:
    return b"\x00\x01" + var_bytes(update)


def update(payload: bytes) -> bytes:
    return b"\x00\x02" + var_bytes(payload)


def awareness(payload: bytes) -> bytes:
    return b"\x01" + var_bytes(payload)


def ack(count: int) -> bytes:
    return b"\x08" + var_uint(count)


def control(**said: Any) -> bytes:
    return b"\x09" + var_bytes(json.dumps(said, separators=(",", ":")).encode())
