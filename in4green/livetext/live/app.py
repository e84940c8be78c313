"""The addresses of the live process: ``/live/<text>.<epoch>``, its long poll, its health."""

import asyncio
import contextlib
import re
from functools import partial
from typing import Any

import psycopg
from django.conf import settings

from in4green.livetext import schema
from in4green.livetext.live import http
from in4green.livetext.live.conversation import hear
from in4green.livetext.live.doors import (
    Asked,
    TurnedAway,
    Visitor,
    comes_from_portal,
    headers_of,
    session_key_in,
)
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.peers import Peer, Send, SocketPeer
from in4green.livetext.live.polling import Polls
from in4green.livetext.live.room import Room
from in4green.livetext.live.turnstile import Turnstile
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close

ADDRESS = re.compile(r"/live/(\d{1,18})\.(\d{1,9})(?:/poll(?:/([0-9a-f]{32}))?)?")


class LiveText:
    """A plain ASGI application."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.turnstile = Turnstile()
        self.polls = Polls(self)

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self._live(receive, send)
        elif kind == "websocket":
            await self._serve_socket(scope, receive, send)
        elif scope["path"] == "/live/health/":
            await http.answer(send, 200, b"ok\n")
        elif found := ADDRESS.fullmatch(scope["path"]):
            await self.polls.serve(scope, receive, send, *found.groups())
        else:
            await http.answer(send, 404)

    async def _live(self, receive: Any, send: Send) -> None:
        await receive()
        await self.engine.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.engine.stop()
        await send({"type": "lifespan.shutdown.complete"})

    # --- Coming in --------------------------------------------------------------------------------

    async def admit(
        self, headers: dict[str, str], text_id: int, epoch: int
    ) -> tuple[Visitor, Access, Room]:
        """Asked again where rights have changed while we asked. Raises TurnedAway."""
        asked = Asked(session_key_in(headers), text_id, epoch)
        try:
            while True:
                heard = self.engine.rights_heard
                visitor, access = await self.turnstile.pass_through(asked)
                room = await self.engine.open(text_id, epoch)
                if heard == self.engine.rights_heard:
                    break
        except psycopg.Error:
            raise TurnedAway(Close.RESTART) from None
        if room is None:
            raise TurnedAway(Close.OTHER_EPOCH)
        return visitor, access, room

    def seat(self, peer: Peer, room: Room, schema_version: str) -> None:
        """Without a pause after ``admit``: what is heard from now on finds the peer in the room.

        Raises TurnedAway.
        """
        peer.schema_fits = schema_version == str(schema.version())
        if len(room.peers) >= settings.LIVETEXT["SOCKETS_PER_TEXT"]:
            raise TurnedAway(Close.FLOOD)
        room.enter(peer)

    async def _serve_socket(self, scope: Any, receive: Any, send: Send) -> None:
        headers = headers_of(scope)
        await receive()
        found = ADDRESS.fullmatch(scope["path"])
        if not comes_from_portal(headers) or not found or found[3] is not None:
            await send({"type": "websocket.close"})  # answers 403: there is no socket yet
            return
        await send({"type": "websocket.accept"})
        text_id, epoch = int(found[1]), int(found[2])
        try:
            visitor, access, room = await self.admit(headers, text_id, epoch)
            peer = SocketPeer(
                visitor, access, send=send, backlog_limit=settings.LIVETEXT["BACKLOG_BYTES"]
            )
            self.seat(peer, room, schema_asked(scope))
        except TurnedAway as refused:
            await send({"type": "websocket.close", "code": refused.code})
            return
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await listen_to(peer, receive)
        finally:
            peer.part()
            self.engine.left(room)


async def listen_to(peer: SocketPeer, receive: Any) -> None:
    """Until a disconnect: the other side's, or the one that follows our own close."""
    peer.listen(partial(hear, peer))
    while (message := await receive())["type"] != "websocket.disconnect":
        hear(peer, message.get("bytes") or b"")


def schema_asked(scope: Any) -> str:
    found = re.search(r"(?:^|&)schema=(\d{1,6})(?:&|$)", scope["query_string"].decode("latin-1"))
    return found[1] if found else ""


application = LiveText()
