"""One connection to one text: what is sent to it, and how much of what it sent is committed."""

import asyncio
import types
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import TYPE_CHECKING, Any

from in4green.livetext import wire
from in4green.livetext.live.allowance import Allowance
from in4green.livetext.live.shortcut import Shortcut, framed
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close

if TYPE_CHECKING:
    from in4green.livetext.live.doors import Visitor
    from in4green.livetext.live.room import Room

PATIENCE = 20.0  # seconds that a reader who reads nothing is waited for
# A socket that has ended; and one that the server has given up after a ping without an answer,
# of which we hear nothing before its buffer is empty: that can take minutes.
LOST = (OSError, RuntimeError)
Send = Callable[[Any], Coroutine[Any, Any, None]]


class Peer(ABC):
    """What all kinds of connection share; ``push`` and ``end`` are theirs."""

    room: "Room"

    def __init__(self, visitor: "Visitor", access: Access, *, upload: bool = False) -> None:
        self.visitor = visitor
        self.access = access
        # Another schema would delete, for everybody, what it can't build: such a client reads.
        self.schema_fits = True
        self.upload = upload
        self.received = 0  # updates, counted from 1
        self.acked = 0
        self.client_id: int | None = None  # under which it shows its caret
        self.closed: int | None = None
        self.told = ""  # the mode that the other side knows of
        self.allowance = Allowance(upload=upload)

    @property
    def may_write(self) -> bool:
        return self.access >= Access.WRITE and self.schema_fits and not self.room.frozen

    @property
    def mode(self) -> str:
        if self.access >= Access.WRITE and not self.may_write:
            return "read"
        return self.access.name.lower()

    @abstractmethod
    def push(self, frame: bytes, ready: bytes = b"") -> None:
        """``ready`` is the same frame as bytes for a socket, where many get it."""

    @abstractmethod
    def end(self, code: int) -> None:
        """Tell the other side why, once `close` has told everybody else."""

    def acknowledge(self, count: int) -> None:
        if count > self.acked:
            self.acked = count
            self.push(wire.ack(count))

    def refuse(self, number: int, reason: str) -> None:
        self.push(wire.control(refused=number, reason=reason))

    def tell_mode(self) -> None:
        """Once for each change of what this connection may do."""
        if self.mode != self.told:
            self.told = self.mode
            self.push(wire.control(mode=self.mode, reload=not self.schema_fits))

    def close(self, code: int) -> None:
        """At once for everybody else; the code still has to travel.

        What still waits for a commit is refused: nobody was told that it was saved.
        """
        if self.closed is None:
            self.closed = code
            self.access = Access.NOTHING
            self.room.leave(self)
            self.end(code)

    def part(self) -> None:
        """The other side has left: what it sent before still counts."""
        if self.closed is None:
            self.closed = Close.NORMAL
            self.room.leave(self)


class SocketPeer(Peer):
    """A WebSocket. Sending starts at once, without a task, and waits only for a slow reader."""

    def __init__(
        self, visitor: "Visitor", access: Access, *, send: Send, backlog_limit: int
    ) -> None:
        super().__init__(visitor, access)
        self._send = send
        self._shortcut = Shortcut(send)
        self._listening = asyncio.current_task()
        self._limit = backlog_limit
        self._waiting: deque[bytes] = deque()
        self._backlog = 0
        self._busy: asyncio.Task[None] | None = None

    def push(self, frame: bytes, ready: bytes = b"") -> None:
        if self.closed is not None:
            return
        if self._busy:
            self._queue(frame)
        elif not self._shortcut.write(ready or framed(frame)):
            self._begin({"type": "websocket.send", "bytes": frame})

    def listen(self, hear: Callable[[bytes], None]) -> None:
        """Without a way through the server's queue, where there is one."""
        self._shortcut.listen(hear)

    def _begin(self, message: Any) -> None:
        try:
            rest = begin(self._send(message))
        except LOST:
            self._give_up()
            return
        if rest:
            self._busy = asyncio.get_running_loop().create_task(self._drain(rest))

    def _queue(self, frame: bytes) -> None:
        self._waiting.append(frame)
        self._backlog += len(frame)
        if self._backlog > self._limit:
            self.close(Close.TOO_SLOW)

    async def _drain(self, rest: Awaitable[None]) -> None:
        try:
            await rest
            while self._waiting:
                frame = self._waiting.popleft()
                self._backlog -= len(frame)
                await self._send({"type": "websocket.send", "bytes": frame})
            if self.closed is not None:
                await self._send({"type": "websocket.close", "code": self.closed})
        except LOST:
            self._give_up()
        finally:
            self._busy = None

    def end(self, code: int) -> None:
        """What still waits is dropped; the code arrives once the reader reads again, or never."""
        self._waiting.clear()
        self._backlog = 0
        if not self._busy:
            self._begin({"type": "websocket.close", "code": code})
        else:
            asyncio.get_running_loop().call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        """Nothing can be told to the other side, and nobody waits until it has read the rest."""
        self.part()
        if not self._shortcut.abort() and self._listening:
            self._listening.cancel()


def begin(sending: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Run a coroutine up to its first pause: None if it has ended, else what remains of it.

    Nearly every frame fits into the socket's buffer: a task for each would cost more than it.
    """
    try:
        pause = sending.send(None)
    except StopIteration:
        return None
    return _remains(sending, pause)


@types.coroutine
def _remains(sending: Coroutine[Any, Any, None], pause: Any) -> Generator[Any, Any, None]:
    """Hands every pause to the task that waits here, and what it is told back."""
    try:
        while True:
            try:
                told = yield pause
            except BaseException as error:
                pause = sending.throw(error)
            else:
                pause = sending.send(told)
    except StopIteration:
        return
