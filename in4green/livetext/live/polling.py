"""The same frames by POST and long poll, for offices whose network refuses WebSockets.

A connection is opened by POST, spoken to by POST and listened to by GET; frames travel one after
the other, each behind its length. It also takes what is too large for one frame of a socket.
"""

import asyncio
import contextlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings

from in4green.livetext.gate.lib0 import Malformed, read_var_bytes, var_bytes
from in4green.livetext.live import http
from in4green.livetext.live.conversation import hear
from in4green.livetext.live.doors import TurnedAway, Visitor, comes_from_portal, headers_of
from in4green.livetext.live.peers import Peer, Send
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close

if TYPE_CHECKING:
    from in4green.livetext.live.app import LiveText

PATIENCE = 25.0  # seconds that one listening lasts: proxies cut what is silent for longer
MOST_FRAMES = 1000  # in one POST
FORGOTTEN = 60.0  # seconds after which nobody comes back to a connection
STATUS = {Close.SIGNED_OUT: 401, Close.UNKNOWN: 404, Close.OTHER_EPOCH: 409, Close.FLOOD: 429}


class PollingPeer(Peer):
    def __init__(self, visitor: Visitor, access: Access, *, backlog_limit: int) -> None:
        super().__init__(visitor, access, upload=True)
        self.frames: list[bytes] = []
        self.news = asyncio.Event()
        self.seen = asyncio.get_running_loop().time()
        self._backlog = 0
        self._limit = backlog_limit

    def push(self, frame: bytes, ready: bytes = b"") -> None:
        if self.closed is not None:
            return
        self.frames.append(frame)
        self._backlog += len(frame)
        # The first answer may be a large text; only what nobody fetches is a backlog.
        if self._backlog > self._limit and len(self.frames) > 8:
            self.close(Close.TOO_SLOW)
        self.news.set()

    def end(self, code: int) -> None:
        self.news.set()

    async def fetch(self) -> bytes:
        """What has come since the last time, or, after a while, nothing."""
        with contextlib.suppress(TimeoutError):
            if self.closed is None:
                await asyncio.wait_for(self.news.wait(), PATIENCE)
        frames, self.frames, self._backlog = self.frames, [], 0
        self.news.clear()
        return b"".join(map(var_bytes, frames))


class Polls:
    def __init__(self, app: "LiveText") -> None:
        self.app = app
        self.peers: dict[str, PollingPeer] = {}

    async def serve(
        self, scope: Any, receive: Any, send: Send, text: str, epoch: str, key: str | None
    ) -> None:
        method = scope["method"]
        headers = headers_of(scope)
        if not comes_from_portal(headers):
            await http.answer(send, 403)
        elif method == "OPTIONS":
            await http.answer(send, 204)
        elif not scope["path"].endswith("/poll") and key is None:
            await http.answer(send, 404)
        elif key is None:
            await self._open(scope, headers, receive, send, int(text), int(epoch))
        else:
            await self._continue(method, headers, receive, send, key)

    async def _open(
        self,
        scope: Any,
        headers: dict[str, str],
        receive: Any,
        send: Send,
        text_id: int,
        epoch: int,
    ) -> None:
        from in4green.livetext.live.app import schema_asked

        try:
            if scope["method"] != "POST":
                raise TurnedAway(Close.UNKNOWN)
            visitor, access, room = await self.app.admit(headers, text_id, epoch)
            peer = PollingPeer(visitor, access, backlog_limit=settings.LIVETEXT["BACKLOG_BYTES"])
            self.app.seat(peer, room, schema_asked(scope))
        except TurnedAway as refused:
            said = json.dumps({"close": refused.code}).encode()
            status = STATUS.get(refused.code, 503)
            await http.answer(send, status, said, b"application/json")
            return
        key = secrets.token_hex(16)
        self.peers[key] = peer
        self.app.engine.later(self._watch(key, peer))
        await http.answer(send, 200, json.dumps({"connection": key}).encode(), b"application/json")

    async def _continue(
        self, method: str, headers: dict[str, str], receive: Any, send: Send, key: str
    ) -> None:
        peer = self.peers.get(key)
        if peer is None or peer.visitor.session_key not in headers.get("cookie", ""):
            await http.answer(send, 410)
            return
        peer.seen = asyncio.get_running_loop().time()
        if method == "GET":
            await self._listen(peer, send)
        elif method == "POST":
            await self._speak(peer, receive, send)
        elif method == "DELETE":
            peer.part()
            peer.news.set()
            await http.answer(send, 204)
        else:
            await http.answer(send, 405)

    async def _listen(self, peer: PollingPeer, send: Send) -> None:
        body = await peer.fetch()
        if peer.closed is not None and not body:
            await self._tell_end(peer, send)
            return
        await http.answer(send, 200, body, b"application/octet-stream")

    async def _speak(self, peer: PollingPeer, receive: Any, send: Send) -> None:
        try:
            body = await http.body_of(receive, settings.LIVETEXT["UPLOAD_BYTES"] + 1000)
            frames = unpack(body)
        except http.TooLarge:
            await http.answer(send, 413)
            return
        except Malformed:
            peer.close(Close.FORBIDDEN_CONTENT)
            frames = []
        for frame in frames:
            hear(peer, frame)
        if peer.closed is not None:
            await self._tell_end(peer, send)
        else:
            await http.answer(send, 204)

    async def _tell_end(self, peer: PollingPeer, send: Send) -> None:
        said = json.dumps({"close": peer.closed}).encode()
        await http.answer(send, 410, said, b"application/json")

    async def _watch(self, key: str, peer: PollingPeer) -> None:
        """Ends a connection that nobody asks about any more."""
        loop = asyncio.get_running_loop()
        while peer.closed is None and loop.time() - peer.seen < FORGOTTEN:
            await asyncio.sleep(1)
        peer.close(Close.TOO_SLOW)
        self.app.engine.left(peer.room)
        await asyncio.sleep(PATIENCE)  # the code is told to whoever still asks
        del self.peers[key]


def unpack(body: bytes) -> list[bytes]:
    """Raises Malformed."""
    frames: list[bytes] = []
    at = 0
    while at < len(body):
        if len(frames) == MOST_FRAMES:
            raise Malformed("more frames than anybody types")
        frame, at = read_var_bytes(body, at)
        frames.append(frame)
    return frames
