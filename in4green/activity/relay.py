"""The relay: hears of every commit, rings a worker, and does the work itself when nobody comes.

One thread. Between two mails it looks up, and rings for what has come in the meantime. It sleeps
until PostgreSQL speaks or a row's time has come.
"""

import logging
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import psycopg
from django.conf import settings
from django.db import Error, connection

from in4green.activity import outbox
from in4green.activity.listening import Listener, Timetable

log = logging.getLogger("in4green.relay")

# Rings are at least this far apart, so that a burst of commits is one ring; seconds.
BURST = 0.2
RECONNECT = (0.2, 0.5, 1, 2, 5, 10, 30)


class Relay:
    """``ring`` says whether the queue took the ring; ``stop`` may be called from anywhere."""

    def __init__(self, ring: Callable[[], bool]) -> None:
        self._bell = ring
        self._rang_at = -BURST
        self._news = False
        self._stopping = False
        self._failures = 0
        self._awake, self._alarm = socket.socketpair()

    def stop(self) -> None:
        """Finish the row in hand, then ``run`` returns."""
        self._stopping = True
        with suppress(OSError):  # it has returned already
            self._alarm.send(b"!")

    def run(self) -> None:
        with self._awake, self._alarm:
            while not self._stopping:
                try:
                    self._listen()
                except (psycopg.Error, Error) as error:
                    self._wait_for_database(error)
        log.info("stopped")

    def _wait_for_database(self, error: Exception) -> None:
        pause = RECONNECT[min(self._failures, len(RECONNECT) - 1)]
        self._failures += 1
        log.warning("no database (%s), again in %s s", type(error).__name__, pause)
        connection.close()
        self._sleep(pause)

    def _listen(self) -> None:
        with Listener(self._awake) as listener:
            log.info("listening")
            while not self._stopping:
                self._sleep(self._rang_at + BURST - monotonic())
                timetable = listener.timetable()
                self._failures = 0
                if not (timetable.is_due and self._work(timetable, listener)):
                    listener.wait(timetable.sleep(_patience()))

    def _work(self, timetable: Timetable, listener: Listener) -> int:
        """Ring; send what no worker will or does come for; how many rows."""

        def attend() -> bool:
            self._news = listener.heard() or self._news
            if self._news and monotonic() - self._rang_at >= BURST:
                self._ring()
            return not self._stopping

        if not self._ring():
            done = outbox.send_all(attend)
        elif timetable.is_overdue(_patience()):
            done = outbox.send_due(overdue_by=settings.OUTBOX["RELAY_AFTER"], keep_going=attend)
        else:
            return 0
        connection.close()
        return done

    def _ring(self) -> bool:
        self._rang_at, self._news = monotonic(), False
        return self._bell()

    def _sleep(self, seconds: float) -> None:
        """Until the time is over or somebody calls ``stop``."""
        if seconds > 0:
            select.select([self._awake], [], [], seconds)


def _patience() -> float:
    seconds: float = settings.OUTBOX["RELAY_AFTER"].total_seconds()
    return seconds
