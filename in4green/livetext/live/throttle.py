"""At most so many calls a second; the first of a while comes as soon as the loop is free."""

import asyncio
import time
from collections.abc import Callable

REST = 4  # a call that took long is followed by a rest so many times as long


class Throttle:
    """What is asked for in one turn of the loop is one call, after all that the turn had to do."""

    def __init__(self, per_second: Callable[[], float], act: Callable[[], None]) -> None:
        self._per_second = per_second
        self._act = act
        self._due = 0.0
        self._waiting: asyncio.Handle | None = None

    def ask(self) -> None:
        if self._waiting is None:
            loop = asyncio.get_running_loop()
            early = self._due - loop.time()
            later = loop.call_later(early, self._call) if early > 0 else loop.call_soon(self._call)
            self._waiting = later

    def _call(self) -> None:
        self._waiting = None
        # By our own work: a loop that others keep from running would rest for their sake, too.
        begun, worked = asyncio.get_running_loop().time(), time.thread_time()
        self._act()
        worked = time.thread_time() - worked
        self._due = begun + max(1 / self._per_second(), worked + REST * worked)


class Load:
    """What the process used of a core, as far as it lasts: a crowd that comes in is over soon."""

    def __init__(self) -> None:
        self.lasting = self._before = 0.0

    def note(self, share: float) -> None:
        """Once a second."""
        self.lasting, self._before = min(share, self._before), share
