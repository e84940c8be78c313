"""Who is here and where the carets are: shown, never stored, and signed by the session."""

import json
import time
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from in4green.livetext.gate.lib0 import (
    Malformed,
    read_var_bytes,
    read_var_uint,
    var_bytes,
    var_uint,
)
from in4green.livetext.live.carets import caret

if TYPE_CHECKING:
    from in4green.livetext.live.peers import Peer

LONGEST_STATE = 2048  # bytes
# A browser counts what it shows: no hand moves so often, and what follows can still be counted.
LAST_CLOCK = 2**31 - 1
# Seconds after which a connection of another process that says nothing is taken to be gone: a
# browser says where it is every 15 seconds, in a hidden tab once a minute.
SILENCE = 150.0
NOBODY = b"null"
NUMBERS = 20  # bytes at most that stand before a state
LETTER = 5_500  # bytes: in base64, with what stands around it, a message between processes
# Shown behind white letters and beside dark text: each has 4.5:1 on white.
COLOURS = ("#0E6B4C", "#B4430F", "#1F5FA8", "#8A2F6B", "#5B5312", "#00656F", "#6A3FA0", "#9B2C2C")


class State(NamedTuple):
    clock: int
    said: bytes  # JSON; of somebody who has left, `NOBODY`
    user_id: int | None
    peer: "Peer | None"  # None: a connection of another process
    heard: float  # by the monotonic clock


class News(NamedTuple):
    to_people: bytes | None  # None: nothing
    to_processes: list[bytes]


class Presence:
    """States by client id. One id per connection; what others say of somebody is ignored."""

    def __init__(self) -> None:
        self.states: dict[int, State] = {}
        self.changed: set[int] = set()

    def take(self, peer: "Peer", payload: bytes) -> None:
        """Raises Malformed."""
        for client_id, clock, state in read(payload):
            if clock > LAST_CLOCK:
                raise Malformed("a presence state is counted too high")
            if self._speaks_for(peer, client_id) and clock >= self._clock(client_id):
                self._set(client_id, clock, signed(state, peer), peer)
        self._forget_silent()

    def take_from_process(self, payload: bytes) -> None:
        for client_id, clock, state in read(payload):
            held = self.states.get(client_id)
            leaves = state == NOBODY and held is not None and held.clock == clock
            if clock <= self._clock(client_id) and not leaves:
                continue
            if held and held.peer:
                if state == NOBODY:  # the same person's older connection
                    continue
                held.peer.client_id = None
            self._set(client_id, clock, state, None)

    def leave(self, peer: "Peer") -> None:
        """At the same clock: who comes back counts on from there."""
        if peer.client_id in self.states:
            self._set(peer.client_id, self._clock(peer.client_id), NOBODY, peer)

    def news(self) -> News:
        """What changed since the last call; those who left are forgotten."""
        changed, self.changed = self.changed, set()
        news = News(self._write(changed) if changed else None, self._letters(changed))
        for client_id in changed:
            if self.states[client_id].said == NOBODY:
                del self.states[client_id]
        return news

    def everybody(self) -> News:
        return News(self._write(self.states) if self.states else None, self._letters(self.states))

    def _letters(self, client_ids: Iterable[int]) -> list[bytes]:
        """Of this process's own connections, each as long as a message between processes may be."""
        letters: list[list[int]] = []
        size = LETTER
        for client_id in client_ids:
            state = self.states[client_id]
            if state.peer is None:
                continue
            size += len(state.said) + NUMBERS
            if size > LETTER:
                letters.append([])
                size = len(state.said) + NUMBERS
            letters[-1].append(client_id)
        return [self._write(letter) for letter in letters]

    def _speaks_for(self, peer: "Peer", client_id: int) -> bool:
        """The first id that a connection shows is its own, unless it is somebody else's.

        Who comes back by another connection keeps his id, even before the old one has ended.
        """
        person = peer.visitor.user_id
        if peer.client_id is None and peer.room.owners.get(client_id, person) == person:
            held = self.states.get(client_id)
            if held is None or held.said == NOBODY or held.user_id == person:
                if held and held.peer:
                    held.peer.client_id = None
                peer.client_id = client_id
        return client_id == peer.client_id

    def _forget_silent(self) -> None:
        """A process that was killed tells nobody who has left it."""
        oldest = time.monotonic() - SILENCE
        for client_id, state in self.states.items():
            if state.peer is None and state.heard < oldest and state.said != NOBODY:
                self._set(client_id, state.clock, NOBODY, None)

    def _clock(self, client_id: int) -> int:
        held = self.states.get(client_id)
        return held.clock if held else -1

    def _set(self, client_id: int, clock: int, said: bytes, peer: "Peer | None") -> None:
        person = peer.visitor.user_id if peer else signer(said)
        self.states[client_id] = State(clock, said, person, peer, time.monotonic())
        self.changed.add(client_id)

    def _write(self, client_ids: Collection[int]) -> bytes:
        states = [(client_id, self.states[client_id]) for client_id in client_ids]
        return var_uint(len(states)) + b"".join(
            var_uint(client_id) + var_uint(state.clock) + var_bytes(state.said)
            for client_id, state in states
        )


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
        said = json.loads(state, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Malformed("a presence state is no JSON") from None
    if said is None:
        return NOBODY
    shown = caret(said.get("cursor")) if isinstance(said, dict) else None
    return json.dumps({"user": described(peer), "cursor": shown}, separators=(",", ":")).encode()


def refuse(constant: str) -> NoReturn:
    """NaN and its like: Python reads them, no browser does. Raises ValueError."""
    raise ValueError(constant)


def signer(state: bytes) -> int | None:
    """Whom another process has signed it for."""
    said: dict[str, Any] = json.loads(state) or {}
    user_id: int | None = said.get("user", {}).get("id")
    return user_id


def described(peer: "Peer") -> dict[str, Any]:
    person = peer.visitor
    colour = COLOURS[person.user_id % len(COLOURS)]
    return {"id": person.user_id, "name": person.name, "color": colour}
