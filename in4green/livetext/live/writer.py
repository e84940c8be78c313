"""Group commit without a timer: while one commit runs, the updates of all texts collect.

A statement for each text takes the numbers and writes the log, all in one transaction. Only then
are updates acknowledged, and only then shown to others. What can't be committed goes back to its
room, which asks the database what is true and tries again.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from typing import TYPE_CHECKING

import psycopg

from in4green.livetext.document import crdt
from in4green.livetext.live import statements
from in4green.livetext.live.database import Link
from in4green.livetext.live.libpq import BYTEA, FastLink, array, integer, integers
from in4green.livetext.live.room import Entry, Room
from in4green.livetext.wire import Close

if TYPE_CHECKING:
    from in4green.livetext.live.engine import Engine
    from in4green.livetext.live.peers import Peer

log = logging.getLogger(__name__)

# Somebody's update can never be written; all other errors pass: the database is away, full, locked.
LASTING = (psycopg.DataError, psycopg.IntegrityError, crdt.Unreadable)


class Row:
    """What one person did in one text since the last commit."""

    def __init__(self, room: Room, author: int) -> None:
        self.room = room
        self.author = author
        self.entries: list[Entry] = []
        self.payload = b""

    @property
    def sender(self) -> "Peer | None":
        """The one connection that all of it came by."""
        senders = {entry.peer for entry in self.entries}
        return senders.pop() if len(senders) == 1 else None

    def seal(self) -> None:
        self.payload = crdt.merge([entry.payload for entry in self.entries if entry.payload])


class Writer:
    def __init__(self, engine: "Engine") -> None:
        self.engine = engine
        self.link = FastLink("writer")
        self.claims = Link("claims")
        self._queue: list[Entry] = []
        self._ready = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def put(self, entry: Entry) -> None:
        self._queue.append(entry)
        self._idle.clear()
        self._ready.set()

    async def run(self) -> None:
        while True:
            await self._ready.wait()
            self._ready.clear()
            batch, self._queue = self._queue, []
            await self._commit(batch)
            if not self._queue:
                self._idle.set()

    async def warm_up(self) -> None:
        """Raises psycopg.Error."""
        await self.claims.rows(statements.CLIENTS, 0, 0)
        nowhere = [*map(integer, (0, 0, 0))]
        one = (statements.told(statements.APPEND_ONE, others=False), [*nowhere, integer(0), b""])
        several = (statements.told(statements.APPEND_SEVERAL, others=False),
                   [*nowhere, integers([]), array([], BYTEA)])  # fmt: skip
        await self.link.ask_together([one, several])

    async def finish(self, patience: float) -> None:
        """Wait until all that was accepted is committed, at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), patience)
        await self.link.close()
        await self.claims.close()

    async def _commit(self, batch: list[Entry]) -> None:
        try:
            batch = await self._claim(batch)
            rows = rows_of(batch)
            heads = await self._append(rows) if rows else {}
        except LASTING as error:
            log.error("live text: an update can't be written: %s", type(error).__name__)
            await self._commit_apart(batch)
            return
        except psycopg.Error as error:
            log.warning("live text: a commit failed and is tried again: %s", type(error).__name__)
            self._give_back(batch)
            return
        self._resolve(batch, rows, heads)

    async def _commit_apart(self, batch: list[Entry]) -> None:
        """What can never be written must stop nobody else: find it by halves, and refuse it."""
        if len(batch) == 1:
            self._refuse(batch[0])
            return
        parts = batch[: len(batch) // 2], batch[len(batch) // 2 :]
        for part in parts:
            # Where one of a text's updates is refused, the later ones have to be considered anew.
            lost = {entry.room for entry in part if entry.room.offers is not None}
            self._give_back([entry for entry in part if entry.room in lost])
            await self._commit([entry for entry in part if entry.room not in lost])

    async def _claim(self, batch: list[Entry]) -> list[Entry]:
        """Client ids become somebody's before the first update under them is committed."""
        claiming = [entry for entry in batch if entry.claims]
        if not claiming:
            return batch
        claims = [(e.room.text_id, e.room.epoch, c, e.peer.visitor.user_id)
                  for e in claiming for c in e.claims]  # fmt: skip
        await self.claims.rows(statements.CLAIM, *map(list, zip(*claims, strict=True)))
        for room in {entry.room for entry in claiming}:
            owners = await self.claims.rows(statements.CLIENTS, room.text_id, room.epoch)
            room.owners.update(dict(owners))
        return [entry for entry in batch if self._is_own(entry)]

    def _is_own(self, entry: Entry) -> bool:
        """Two people under one client id, in two processes at once: the database has decided."""
        person = entry.peer.visitor.user_id
        if all(entry.room.owners.get(claim) == person for claim in entry.claims):
            return True
        self._refuse(entry)
        return False

    def _refuse(self, entry: Entry) -> None:
        entry.room.in_flight -= 1
        entry.peer.refuse(entry.number, "content")
        entry.peer.close(Close.FORBIDDEN_CONTENT)
        self.engine.heal(entry.room)  # it knows of structs that will never be committed

    async def _append(self, rows: list[Row]) -> dict[int, int]:
        """The number before the first new one, by text; texts that refused are missing."""
        shared = self.engine.shared_texts()
        others = [integers(shared), self.engine.process.encode()] if shared else []
        asked = [
            (statements.told(statement, others=bool(shared)), values + others)
            for statement, values in questions(rows)
        ]
        answer = await self.link.ask_together(asked)
        return {text_id: before for text_id, before, _ in answer}

    def _resolve(self, batch: list[Entry], rows: list[Row], heads: dict[int, int]) -> None:
        written = {row.room for row in rows}
        good = [e for e in batch if e.room not in written or e.room.text_id in heads]
        for entry in good:
            entry.room.in_flight -= 1
            entry.room.trouble = 0
        for peer, number in {entry.peer: entry.number for entry in good}.items():
            peer.acknowledge(number)
        for row in rows:
            if row.room.text_id in heads:
                heads[row.room.text_id] += 1
                row.room.committed(heads[row.room.text_id], row.payload, row.sender)
        self._give_back([e for e in batch if e.room in written and e.room.text_id not in heads])

    def _give_back(self, entries: list[Entry]) -> None:
        for room, own in by_room(entries).items():
            room.in_flight -= len(own)
            self.engine.heal(room, own)


def by_room(entries: list[Entry]) -> dict[Room, list[Entry]]:
    rooms: dict[Room, list[Entry]] = defaultdict(list)
    for entry in entries:
        rooms[entry.room].append(entry)
    return rooms


def rows_of(batch: list[Entry]) -> list[Row]:
    """One row for each text and author, as far as each row needs only rows before it."""
    rows: list[Row] = []
    latest: dict[tuple[Room, int], int] = {}  # which row a person's next update would join
    brought: dict[tuple[Room, int], int] = {}  # in which row a client id's latest structs are
    for entry in batch:
        if entry.payload is None or entry.scan is None:
            continue
        room, author = entry.room, entry.peer.visitor.user_id
        at = latest.get((room, author), -1)
        needed = max((brought.get((room, client), -1) for client in entry.scan.needs), default=-1)
        if at < 0 or needed > at:
            at = latest[room, author] = len(rows)
            rows.append(Row(room, author))
        rows[at].entries.append(entry)
        brought.update({(room, client): at for client in entry.scan.clients})
    for row in rows:
        row.seal()
    return rows


def questions(rows: list[Row]) -> list[tuple[str, list[bytes]]]:
    """In order of texts, so that two processes can't block each other."""
    if any(row.room.trouble for row in rows):
        return [(statements.APPEND_FREE, columns(rows))]
    texts: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        texts[row.room.text_id].append(row)
    return [question(texts[text_id]) for text_id in sorted(texts)]


def question(rows: list[Row]) -> tuple[str, list[bytes]]:
    """For rows of one text."""
    room = rows[0].room
    place = [*map(integer, (room.text_id, room.epoch, room.perm_version))]
    if len(rows) == 1:
        return statements.APPEND_ONE, [*place, integer(rows[0].author), rows[0].payload]
    authors, payloads = [row.author for row in rows], [row.payload for row in rows]
    return statements.APPEND_SEVERAL, [*place, integers(authors), array(payloads, BYTEA)]


def columns(rows: list[Row]) -> list[bytes]:
    numbers = ((r.room.text_id, r.room.epoch, r.room.perm_version, r.author) for r in rows)
    payloads = array([row.payload for row in rows], BYTEA)
    return [*map(integers, zip(*numbers, strict=True)), payloads]
