"""One text while people have it open: what is committed of it, and who is told."""

import base64
from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from in4green.livetext import wire
from in4green.livetext.document import crdt
from in4green.livetext.gate import Limits, Refused, Scan, check
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.live.presence import News, Presence
from in4green.livetext.live.shortcut import framed
from in4green.livetext.live.stored import Stored, learn
from in4green.livetext.live.throttle import Throttle
from in4green.livetext.owners import Access
from in4green.livetext.wire import EMPTY_UPDATE, EMPTY_VECTOR, Close

if TYPE_CHECKING:
    from in4green.livetext.live.engine import Engine
    from in4green.livetext.live.peers import Peer

PRESENCE_PER_SECOND = 20


class Entry(NamedTuple):
    """An update on its way into the log; without a payload, one that is there already."""

    room: "Room"
    peer: "Peer"
    number: int  # which of the connection's updates
    payload: bytes | None
    scan: Scan | None = None
    claims: tuple[int, ...] = ()  # client ids that become this person's with it


class Offer(NamedTuple):
    """An update that waits until the room knows again what is committed."""

    peer: "Peer"
    number: int
    payload: bytes


class Room:
    def __init__(self, text_id: int, epoch: int, stored: Stored, engine: "Engine") -> None:
        self.text_id = text_id
        self.epoch = epoch
        self.engine = engine
        self.peers: set[Peer] = set()
        self.presence = Presence()
        self.offers: list[Offer] | None = None
        self.trouble = 0  # how often in a row a commit has failed
        self.in_flight = 0
        self.limits = Limits(settings.LIVETEXT["FRAME_STRUCTS"])
        self.upload_limits = Limits(settings.LIVETEXT["UPLOAD_STRUCTS"])
        self._ahead: dict[int, bytes] = {}
        self._outgoing: list[bytes] = []
        self._senders: set[Peer | None] = set()  # of what goes out; None: not one alone
        self._shown = Throttle(self.engine.frames_per_second, self._show)
        self._greeted = Throttle(lambda: PRESENCE_PER_SECOND, self._show_presence)
        self._answers: dict[tuple[int, bytes], list[tuple[bytes, bytes]]] = {}
        self.install(stored)

    def install(self, stored: Stored) -> None:
        """Take in what is committed; whoever is here is shown what they haven't seen."""
        seen = getattr(self, "head", stored.head)
        self.perm_version, self.frozen = stored.perm_version, stored.frozen
        self.base_seq, self.base = stored.base_seq, stored.base
        self.known, self.owners = stored.known, stored.owners
        self.tail = [payload for _seq, _author, payload in stored.rows]
        self.size = len(self.base) + sum(map(len, self.tail))
        self.head = stored.head
        self._ahead.clear()
        self._answers.clear()
        self._outgoing += [payload for seq, _author, payload in stored.rows if seq > seen]
        if seen < self.base_seq:
            self._outgoing.insert(0, self.base)
        self._senders.add(None)
        self._shown.ask()

    # --- What people send ---------------------------------------------------------------------

    def receive(self, peer: "Peer", payload: bytes) -> None:
        peer.received += 1
        self.consider(Offer(peer, peer.received, payload))

    def consider(self, offer: Offer) -> None:
        if self.offers is not None:
            self.offers.append(offer)
        elif not offer.peer.may_write:
            offer.peer.refuse(offer.number, "mode")
        else:
            self._admit(offer)

    def _admit(self, offer: Offer) -> None:
        peer, number, payload = offer
        try:
            scan = check(payload, self.known, self.upload_limits if peer.upload else self.limits)
            if not scan.is_complete(self.known):
                peer.push(wire.step_1(self.known.clocks))
                return
            claims = self._claims(peer, scan.new_clients(self.known))
        except Refused:
            self._reject(offer, "content", Close.FORBIDDEN_CONTENT)
            return
        if scan.is_known(self.known):
            self.submit(Entry(self, peer, number, None))
        elif scan.structs and self.size + len(payload) > settings.LIVETEXT["STATE_BYTES"]:
            self._reject(offer, "full", Close.TOO_MUCH)
        else:
            self.known.apply(scan)
            self.size += len(payload)
            self.submit(Entry(self, peer, number, payload, scan, claims))

    def _reject(self, offer: Offer, reason: str, code: int) -> None:
        offer.peer.refuse(offer.number, reason)
        offer.peer.close(code)

    def _claims(self, peer: "Peer", client_ids: set[int]) -> tuple[int, ...]:
        """Those that nobody has yet. Raises Refused for one of somebody else."""
        person = peer.visitor.user_id
        for client_id in client_ids:
            if self.owners.get(client_id, person) != person:
                raise Refused("a client id of somebody else")
        return tuple(client_id for client_id in client_ids if client_id not in self.owners)

    def submit(self, entry: Entry) -> None:
        if entry.payload is None and not self.in_flight:
            entry.peer.acknowledge(entry.number)
            return
        self.in_flight += 1
        self.engine.writer.put(entry)

    # --- What is committed --------------------------------------------------------------------

    def committed(self, seq: int, payload: bytes, sender: "Peer | None" = None) -> None:
        """In the order of numbers; what comes too early waits for what is missing."""
        if seq != self.head + 1:
            if seq > self.head:
                self._ahead[seq] = payload
                self.engine.fetch(self)
            return
        self._take(seq, payload, sender)
        while waiting := self._ahead.pop(self.head + 1, None):
            self._take(self.head + 1, waiting, None)
        self._shown.ask()

    def _take(self, seq: int, payload: bytes, sender: "Peer | None") -> None:
        self._senders.add(sender)
        self.head = seq
        self.tail.append(payload)
        self._outgoing.append(payload)

    def from_elsewhere(self, rows: list[tuple[int, int | None, bytes]]) -> None:
        """Rows that another process has committed, as read from the log."""
        for seq, _author, payload in rows:
            if seq > self.head and seq not in self._ahead:
                if learn(self.known, payload):
                    self.engine.heal(self)
                    return
                self.size += len(payload)
            self.committed(seq, self._ahead.pop(seq, payload))

    def _show(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        senders, self._senders = self._senders, set()
        if outgoing:
            # Whoever has sent all of it has it; in a small text that is a third of all frames.
            self.push(wire.update(crdt.merge(outgoing)), senders if len(senders) == 1 else set())

    def push(self, frame: bytes, without: "Set[Peer | None]" = frozenset()) -> None:
        """To everybody here, framed once."""
        ready = framed(frame)
        for peer in self.peers - without:
            peer.push(frame, ready)

    # --- Coming and going ---------------------------------------------------------------------

    def enter(self, peer: "Peer") -> None:
        peer.room = self
        self.peers.add(peer)
        peer.told = peer.mode
        peer.push(
            wire.control(
                mode=peer.told,
                reload=not peer.schema_fits,
                seq=self.head,
                schema=self.engine.schema_version,
                user={"id": peer.visitor.user_id, "name": peer.visitor.name},
            )
        )
        peer.push(wire.step_1(self.known.clocks))
        if everybody := self.presence.everybody().to_people:
            peer.push(wire.awareness(everybody))

    def leave(self, peer: "Peer") -> None:
        self.peers.discard(peer)
        self.presence.leave(peer)
        self._greeted.ask()

    def answer(self, peer: "Peer", state_vector: bytes) -> None:
        """What the peer's copy lacks. The same question gets the same bytes."""
        key = (self.head, state_vector)
        if key not in self._answers:
            if len(self._answers) > 8:
                self._answers.clear()
            self._answers[key] = [(f, framed(f)) for f in self._missing(state_vector)]
        for frame, ready in self._answers[key]:
            peer.push(frame, ready)

    def _missing(self, state_vector: bytes) -> list[bytes]:
        """Raises Malformed. What is in flight isn't part of it: it will be shown when it is."""
        read_state_vector(state_vector)
        parts = [self.base] if self.base != EMPTY_UPDATE else []
        parts += [crdt.merge(self.tail)] if self.tail else []
        if state_vector != EMPTY_VECTOR:
            return [wire.step_2(crdt.missing(crdt.merge(parts), state_vector))]
        # The last frame is the answer: who has it has the whole text.
        *before, last = parts or [EMPTY_UPDATE]
        return [*map(wire.update, before), wire.step_2(last)]

    def shrink(self, seq: int, base: bytes) -> None:
        """A snapshot holds what the first part of the tail says."""
        if self.base_seq < seq <= self.head:
            del self.tail[: seq - self.base_seq]
            self.base_seq, self.base = seq, base
            self.size = len(base) + sum(map(len, self.tail))
            self._answers.clear()

    # --- Presence -----------------------------------------------------------------------------

    def greet(self, peer: "Peer", payload: bytes) -> None:
        if peer in self.peers:
            self.presence.take(peer, payload)
            self._greeted.ask()

    def greet_from_process(self, payload: str) -> None:
        self.presence.take_from_process(base64.b64decode(payload))
        self._greeted.ask()

    def _show_presence(self) -> None:
        news = self.presence.news()
        if news.to_people:
            self.push(wire.awareness(news.to_people))
        self._share(news)

    def share_everybody(self) -> None:
        """To a process that has just opened this text, too."""
        self._share(self.presence.everybody())

    def _share(self, news: News) -> None:
        for letter in news.to_processes:
            self.engine.share_presence(self, base64.b64encode(letter).decode())

    def grant(self, granted: dict[int, Access]) -> None:
        """What these users may do from now on."""
        for peer in {*self.peers, *(offer.peer for offer in self.offers or ())}:
            peer.access = granted.get(peer.visitor.user_id, peer.access)
            if peer.access is Access.NOTHING:
                peer.close(Close.RIGHT_ENDED)
        self.tell_modes()

    def tell_modes(self) -> None:
        for peer in tuple(self.peers):
            peer.tell_mode()

    def tell(self, **said: Any) -> None:
        self.push(wire.control(**said))

    def close(self, code: int, whom: "Callable[[Peer], bool]" = lambda peer: True) -> None:
        for peer in tuple(self.peers):
            if whom(peer):
                peer.close(code)
