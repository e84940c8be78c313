"""The ear of a live process: what other processes say, and which of them have a text open."""

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING, Any

import psycopg

from in4green.livetext.bell import CHANNEL
from in4green.livetext.live.database import Link

if TYPE_CHECKING:
    from in4green.livetext.live.engine import Engine
    from in4green.livetext.live.room import Room

log = logging.getLogger(__name__)

ANNOUNCE = 30.0  # seconds between two announcements
# What says nothing about who may do what.
QUIET = {"seq", "presence", "changed", "hello", "bye", "snapshot"}
FORGET = 3 * ANNOUNCE  # a process that was killed says no farewell


class Listener:
    def __init__(self, engine: "Engine") -> None:
        self.engine = engine
        self.link = Link("listener")
        self.hears = False
        self.shared: list[int] = []
        self._heard: dict[int, dict[str, float]] = {}  # text, process, when

    async def run(self) -> None:
        while True:
            try:
                await self._listen()
            except psycopg.Error:
                self.hears = False
                await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        connection = await self.link.open()
        await connection.execute(f"LISTEN {CHANNEL}")
        self.hears = True
        # What was said while nobody listened: ask instead of guessing.
        if self.engine.rooms:
            await self.engine.look_at_heads()
            await self.engine.recheck_everybody()
        while True:
            async for notice in connection.notifies(timeout=ANNOUNCE):
                await self._hear(notice.payload)
            await self._announce_all()

    async def _hear(self, payload: str) -> None:
        try:
            said = json.loads(payload)
            if said.get("from") != self.engine.process:
                await self._react(said)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            log.warning("live text: a message was not understood: %s", type(error).__name__)

    async def _react(self, said: dict[str, Any]) -> None:
        if not said.keys() & QUIET:
            self.engine.rights_heard += 1
        if "user" in said:
            await self.engine.recheck_user(said["user"])
        elif "session" in said:
            self.engine.end_session(said["session"])
        elif room := self.engine.rooms.get(said["text"]):
            await self._react_in(room, said)

    async def _react_in(self, room: "Room", said: dict[str, Any]) -> None:
        match said:
            case {"seq": seq}:
                if seq > room.head:
                    self.engine.fetch(room)
            case {"presence": payload}:
                room.greet_from_process(payload)
            case {"changed": parts}:
                room.tell(changed=parts)
            case {"hello": word, "from": process}:
                await self._meet(room, process, answered=word == "here")
            case {"bye": _, "from": process}:
                self._part(room.text_id, process)
            case _:  # rights, epoch, freeze, snapshot: the row tells
                await self.engine.look_at_heads()

    # --- Who else has a text open -------------------------------------------------------------

    async def announce(self, room: "Room", word: str = "hello") -> None:
        await self.engine.ring(text=room.text_id, hello=word, **{"from": self.engine.process})

    async def _announce_all(self) -> None:
        for room in tuple(self.engine.rooms.values()):
            await self.announce(room, "here")
        now = time.monotonic()
        for text_id, processes in tuple(self._heard.items()):
            for process, when in tuple(processes.items()):
                if now - when > FORGET:
                    self._part(text_id, process)

    async def _meet(self, room: "Room", process: str, *, answered: bool) -> None:
        self._heard.setdefault(room.text_id, {})[process] = time.monotonic()
        self.shared = list(self._heard)
        if not answered:
            await self.announce(room, "here")
            room.share_everybody()
        self.engine.fetch(room)  # what was written before we knew of each other

    def _part(self, text_id: int, process: str) -> None:
        self._heard.get(text_id, {}).pop(process, None)
        if not self._heard.get(text_id):
            self._heard.pop(text_id, None)
        self.shared = list(self._heard)

    def forget(self, room: "Room") -> None:
        self._heard.pop(room.text_id, None)
        self.shared = list(self._heard)
        self.engine.later(
            self.engine.ring(text=room.text_id, bye=True, **{"from": self.engine.process})
        )
