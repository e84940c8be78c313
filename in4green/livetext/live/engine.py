"""The rooms of one process, its writer, and what it hears from elsewhere."""

import asyncio
import contextlib
import logging
import signal
import time
import uuid
from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

import psycopg

from in4green.livetext import bell, schema
from in4green.livetext.live import statements
from in4green.livetext.live.database import Link
from in4green.livetext.live.doors import ended_sessions, in_thread, rights, warm_up
from in4green.livetext.live.listening import Listener
from in4green.livetext.live.room import Entry, Offer, Room
from in4green.livetext.live.stored import Stored, load
from in4green.livetext.live.throttle import Load
from in4green.livetext.live.writer import Writer
from in4green.livetext.wire import Close

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.02, 2.0  # seconds before a commit is tried again
FRAMES_PER_SECOND, FRAMES_UNDER_LOAD = 400, 60
EMPTY_ROOM_KEPT = 30.0  # seconds after the last one has left
POLL = 3.0  # seconds between two looks at all heads
RECHECK = 60.0  # seconds after which everybody's session and right is asked anew
LONGEST_WARM_UP = 5.0  # seconds that a start waits for a database that is away
BUSY = 0.5  # share of a core


class Engine:
    def __init__(self) -> None:
        self.process = uuid.uuid4().hex[:12]
        self.schema_version = schema.version()
        self.rooms: dict[int, Room] = {}
        self.writer = Writer(self)
        self.reader = Link("reader")
        self.listener = Listener(self)
        # Raised by each message that may end somebody's right; see `LiveText.admit`.
        self.rights_heard = 0
        self._loading: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._fetching: set[Room] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._load = Load()

    # --- Life -----------------------------------------------------------------------------------

    async def start(self) -> None:
        with contextlib.suppress(psycopg.Error, TimeoutError):  # it will be there later
            await asyncio.wait_for(self._warm_up(), LONGEST_WARM_UP)
        for work in (self.writer.run(), self.listener.run(), self._poll(), self._watch_load()):
            self.later(work).add_done_callback(end_with)

    async def _warm_up(self) -> None:
        """Whoever comes first finds connections and statements ready. Raises psycopg.Error."""
        await warm_up()
        await load(self.reader, 0, 0)
        await self.writer.warm_up()

    async def stop(self) -> None:
        """Everybody is told to come back; what was accepted is committed first."""
        await self.writer.finish(5)
        for room in self.rooms.values():
            room.close(Close.RESTART)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1)
        for link in (self.reader, self.listener.link):
            await link.close()

    def later(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """The loop keeps only weak references: a task that nobody holds can vanish."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("live text: a task has failed", exc_info=error)

    def frames_per_second(self) -> int:
        return FRAMES_UNDER_LOAD if self._load.lasting > BUSY else FRAMES_PER_SECOND

    async def _watch_load(self) -> None:
        while True:
            used, when = time.process_time(), time.monotonic()
            await asyncio.sleep(1)
            self._load.note((time.process_time() - used) / (time.monotonic() - when))

    # --- Rooms ----------------------------------------------------------------------------------

    async def open(self, text_id: int, epoch: int) -> Room | None:
        """None where the text doesn't live in this epoch. Raises psycopg.Error."""
        async with self._loading.setdefault(text_id, asyncio.Lock()):
            room = self.rooms.get(text_id)
            if room is None or room.epoch != epoch:
                stored = await load(self.reader, text_id, epoch)
                if stored is None:
                    return None
                if room:
                    self.drop(room)
                room = self.rooms[text_id] = Room(text_id, epoch, stored, self)
                await self.listener.announce(room)
        return self.rooms.get(text_id)  # nobody may enter what was dropped meanwhile

    def left(self, room: Room) -> None:
        if not room.peers:
            loop = asyncio.get_running_loop()
            loop.call_later(EMPTY_ROOM_KEPT, self._close_empty, room)

    def _close_empty(self, room: Room) -> None:
        if not room.peers and not room.in_flight and self.rooms.get(room.text_id) is room:
            del self.rooms[room.text_id]
            self.listener.forget(room)

    # --- Trouble --------------------------------------------------------------------------------

    def heal(self, room: Room, entries: "list[Entry] | tuple[()]" = ()) -> None:
        """Ask the database what is committed, then consider again what wasn't."""
        waiting = [Offer(e.peer, e.number, e.payload or b"\x00\x00") for e in entries]
        if room.offers is not None:
            room.offers[:0] = waiting
            return
        room.offers = waiting
        room.trouble += 1
        self.later(self._heal(room))

    async def _heal(self, room: Room) -> None:
        try:
            stored = await self._know_again(room)
        except Exception:
            self.drop(room, Close.RESTART)  # nobody would ever be answered in it
            raise
        if stored is None:
            self.drop(room)
            return
        room.install(stored)
        room.tell_modes()
        offers, room.offers = room.offers or [], None
        for offer in offers:
            room.consider(offer)

    async def _know_again(self, room: Room) -> Stored | None:
        """What is committed, once it is known who may do what with it now."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(room.trouble, 10))
        while True:
            await asyncio.sleep(pause)
            if room.in_flight:
                continue
            try:
                stored = await load(self.reader, room.text_id, room.epoch)
                if stored is None or stored.perm_version == room.perm_version:
                    return stored
                await self.recheck(room)
            except psycopg.Error:
                pause = min(LONGEST_PAUSE, pause * 2)

    def drop(self, room: Room, code: int = Close.OTHER_EPOCH) -> None:
        """The text is gone or lives in another epoch: two histories are never merged."""
        if self.rooms.get(room.text_id) is room:
            del self.rooms[room.text_id]
        room.close(code)

    def fetch(self, room: Room) -> None:
        """Rows that another process has written."""
        if room not in self._fetching and not room.frozen:
            self._fetching.add(room)
            self.later(self._fetch(room))

    async def _fetch(self, room: Room) -> None:
        try:
            rows = await self.reader.rows(statements.ROWS, room.text_id, room.epoch, room.head)
        except psycopg.Error:
            return  # the next poll asks again
        finally:
            self._fetching.discard(room)
        if room.offers is None:
            room.from_elsewhere(rows)

    # --- Rights ---------------------------------------------------------------------------------

    async def recheck(self, room: Room) -> None:
        """What a change of rights means for those who are here, or have left something behind."""
        version, granted = await in_thread(rights, room.text_id, concerned(room))
        while newcomers := concerned(room) - granted.keys():  # they came in while we asked
            granted |= (await in_thread(rights, room.text_id, newcomers))[1]
        room.perm_version = version
        room.grant(granted)

    async def recheck_user(self, user_id: int) -> None:
        """Him first: in a crowd it takes a while until everybody is asked."""
        rooms = [room for room in self.rooms.values() if user_id in concerned(room)]
        for room in rooms:
            room.grant((await in_thread(rights, room.text_id, {user_id}))[1])
        for room in rooms:
            await self.recheck(room)

    async def recheck_everybody(self) -> None:
        peers = [peer for room in self.rooms.values() for peer in room.peers]
        keys = {peer.visitor.session_key for peer in peers}
        for key in await in_thread(ended_sessions, keys):
            self.end_session(bell.fingerprint(key))
        for room in tuple(self.rooms.values()):
            await self.recheck(room)

    def end_session(self, fingerprint: str) -> None:
        for room in self.rooms.values():
            room.close(Close.SIGNED_OUT, lambda peer: peer.visitor.session == fingerprint)

    # --- Other processes ------------------------------------------------------------------------

    def shared_texts(self) -> list[int]:
        return self.listener.shared

    def share_presence(self, room: Room, payload: str) -> None:
        if room.text_id in self.listener.shared and len(payload) < bell.LONGEST - 200:
            said = {"presence": payload, "text": room.text_id, "from": self.process}
            self.later(self.ring(**said))

    async def ring(self, **said: Any) -> None:
        try:
            await self.reader.rows(statements.RING, bell.encode(said))
        except psycopg.Error:
            log.info("live text: other processes weren't told; they will ask")

    async def _poll(self) -> None:
        checked = time.monotonic()
        while True:
            await asyncio.sleep(POLL)
            if not self.rooms:
                continue
            try:
                await self.look_at_heads()
                patience = RECHECK if self.listener.hears else POLL
                if time.monotonic() - checked >= patience:
                    checked = time.monotonic()
                    await self.recheck_everybody()
            except psycopg.Error as error:
                log.warning("live text: the database is away: %s", type(error).__name__)

    async def look_at_heads(self) -> None:
        """The net below the bell: news, rights, freezes, snapshots that nobody told us of."""
        asked = tuple(self.rooms.items())  # others may open while the answer is on its way
        rows = await self.reader.rows(statements.HEADS, [text_id for text_id, _ in asked])
        found = {row[0]: row[1:] for row in rows}
        for text_id, room in asked:
            epoch, head, perm_version, frozen, snapshot_seq = found.get(text_id, (0,) * 5)
            if epoch != room.epoch:
                self.drop(room)
                continue
            if head > room.head:
                self.fetch(room)
            if frozen != room.frozen:
                self.heal(room)  # what it holds is another text now
            elif perm_version != room.perm_version:
                await self.recheck(room)
            if snapshot_seq > room.base_seq:
                await self.take_snapshot(room)

    async def take_snapshot(self, room: Room) -> None:
        rows = await self.reader.rows(statements.SNAPSHOT, room.text_id, room.epoch)
        if rows and room.offers is None:
            room.shrink(rows[0][0], rows[0][1])


def end_with(task: "asyncio.Task[Any]") -> None:
    """Without this task nothing would be saved or heard: whoever keeps us running starts anew."""
    if not task.cancelled():
        signal.raise_signal(signal.SIGTERM)


def concerned(room: Room) -> set[int]:
    waiting = (offer.peer for offer in room.offers or ())
    return {peer.visitor.user_id for peer in (*room.peers, *waiting)}
