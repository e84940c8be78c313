"""At most so many calls a second; the first of a while comes at once."""

import asyncio
from collections.abc import Callable

BURST = 0.1  # seconds' worth of calls that may come together
REST = 4  # a call that took long is followed by a rest so many times as long


class Throttle:
    def __init__(self, per_second: Callable[[], float], act: Callable[[], None]) -> None:
        self._per_second = per_second
        self._act = act
        self._due = 0.0  # when the next call would be due without any burst
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        early = self._due - BURST - now
        if early > 0:
            self._timer = loop.call_later(early, self._ring)
        else:
            self._call(now)

    def _ring(self) -> None:
        self._timer = None
        self._call(asyncio.get_running_loop().time())

    def _call(self, now: float) -> None:
        self._act()
        taken = asyncio.get_running_loop().time() - now
        self._due = max(now, self._due) + max(1 / self._per_second(), REST * taken)


class Load:
    """What the process used of a core, as far as it lasts: a crowd that comes in is over soon."""

    def __init__(self) -> None:
        self.lasting = self._before = 0.0

    def note(self, share: float) -> None:
        """Once a second."""
        self.lasting, self._before = min(share, self._before), share
