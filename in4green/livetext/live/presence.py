"""Who is here and where the carets are: shown, never stored, and signed by the session."""

import json
from typing import TYPE_CHECKING, Any

from in4green.livetext import wire
from in4green.livetext.gate.lib0 import (
    Malformed,
    read_var_bytes,
    read_var_uint,
    var_bytes,
    var_uint,
)

if TYPE_CHECKING:
    from in4green.livetext.live.peers import Peer

LONGEST_STATE = 2048  # bytes
# Shown behind white letters and beside dark text: each has 4.5:1 on white.
COLOURS = ("#0E6B4C", "#B4430F", "#1F5FA8", "#8A2F6B", "#5B5312", "#00656F", "#6A3FA0", "#9B2C2C")


class Presence:
    """States by client id. One id per connection; what others say of somebody is ignored."""

    def __init__(self) -> None:
        self.states: dict[int, tuple[int, bytes]] = {}  # clock and JSON
        self.changed: set[int] = set()

    def take(self, peer: "Peer", payload: bytes) -> None:
        """Raises Malformed."""
        for client_id, clock, state in read(payload):
            if peer.client_id is None and client_id not in self.states:
                peer.client_id = client_id
            if client_id == peer.client_id and clock >= self._clock(client_id):
                self._set(client_id, clock, signed(state, peer))

    def take_from_process(self, payload: bytes) -> None:
        for client_id, clock, state in read(payload):
            if clock > self._clock(client_id):
                self._set(client_id, clock, state)

    def leave(self, peer: "Peer") -> None:
        if peer.client_id in self.states:
            self._set(peer.client_id, self._clock(peer.client_id) + 1, b"null")

    def news(self) -> bytes | None:
        """What changed since the last call, as one payload; those who left are forgotten."""
        if not self.changed:
            return None
        payload = self._write(self.changed)
        for client_id in self.changed:
            if self.states[client_id][1] == b"null":
                del self.states[client_id]
        self.changed = set()
        return payload

    def everybody(self) -> bytes | None:
        return self._write(self.states) if self.states else None

    def _clock(self, client_id: int) -> int:
        return self.states.get(client_id, (-1, b""))[0]

    def _set(self, client_id: int, clock: int, state: bytes) -> None:
        self.states[client_id] = (clock, state)
        self.changed.add(client_id)

    def _write(self, client_ids: Any) -> bytes:
        entries = [
            var_uint(client_id)
            + var_uint(self.states[client_id][0])
            + var_bytes(self.states[client_id][1])
            for client_id in client_ids
        ]
        return var_uint(len(entries)) + b"".join(entries)


def read(payload: bytes) -> list[tuple[int, int, bytes]]:
    """Client id, clock and JSON of each entry. Raises Malformed."""
    count, at = read_var_uint(payload, 0)
    entries = []
    for _ in range(count):
        client_id, at = read_var_uint(payload, at)
        clock, at = read_var_uint(payload, at)
        state, at = read_var_bytes(payload, at)
        entries.append((client_id, clock, state))
    return entries


def signed(state: bytes, peer: "Peer") -> bytes:
    """The caret as the client says it, the name as the session says it. Raises Malformed."""
    if len(state) > LONGEST_STATE:
        raise Malformed("a presence state is too long")
    try:
        said = json.loads(state)
    except (ValueError, RecursionError):
        raise Malformed("a presence state is no JSON") from None
    if said is None:
        return b"null"
    caret = said.get("cursor") if isinstance(said, dict) else None
    return json.dumps({"user": described(peer), "cursor": caret}, separators=(",", ":")).encode()


def described(peer: "Peer") -> dict[str, Any]:
    person = peer.visitor
    colour = COLOURS[person.user_id % len(COLOURS)]
    return {"id": person.user_id, "name": person.name, "color": colour}


def frame(payload: bytes) -> bytes:
    return wire.awareness(payload)
