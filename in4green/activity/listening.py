"""The relay's ear: one connection to PostgreSQL that hears NOTIFY and knows when rows are due."""

import selectors
import socket
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

from in4green.activity.services import CHANNEL

# A row that is due but locked by somebody is looked at again after this; seconds.
SHORTEST_SLEEP = 0.5
# With nothing to wait for, the connection is still asked whether it lives; seconds.
LONGEST_SLEEP = 60.0
KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "relay",
}

# Both in seconds from now: when the first row is due (negative: overdue since), and when the next
# one will be. Each part reads one entry of a partial index.
TIMETABLE = """
SELECT extract(epoch FROM least(
           (SELECT min(next_at) FROM activity_delivery WHERE state = 'queued'),
           (SELECT min(lease_until) FROM activity_delivery WHERE state = 'inflight')
       ) - statement_timestamp())::float,
       extract(epoch FROM least(
           (SELECT min(next_at) FROM activity_delivery
             WHERE state = 'queued' AND next_at > statement_timestamp()),
           (SELECT min(lease_until) FROM activity_delivery
             WHERE state = 'inflight' AND lease_until > statement_timestamp())
       ) - statement_timestamp())::float
"""


@dataclass(frozen=True)
class Timetable:
    first: float | None
    next: float | None

    @property
    def is_due(self) -> bool:
        return self.first is not None and self.first <= 0

    def is_overdue(self, after: float) -> bool:
        """Whether a row has been due for so long that no worker seems to come."""
        return self.first is not None and self.first <= -after

    def sleep(self, after: float) -> float:
        """Until something becomes due, or what is due becomes overdue."""
        moments = [LONGEST_SLEEP if self.next is None else self.next]
        if self.first is not None and self.is_due:
            moments.append(self.first + after)
        return min(LONGEST_SLEEP, max(SHORTEST_SLEEP, min(moments)))


class Listener:
    """Use as a context manager. Every method raises ``psycopg.Error`` when PostgreSQL is gone."""

    def __init__(self, alarm: socket.socket) -> None:
        """``alarm`` ends every ``wait`` as soon as it can be read."""
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            **{**connection.get_connection_params(), **KEEPALIVE, "autocommit": True}
        )
        # With a handler of ours psycopg keeps no backlog of its own.
        self._connection.add_notify_handler(lambda notify: None)
        self._connection.execute(f"LISTEN {CHANNEL}")
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._connection.fileno(), selectors.EVENT_READ)
        self._selector.register(alarm, selectors.EVENT_READ)

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *error: object) -> None:
        self._selector.close()
        self._connection.close()

    def timetable(self) -> Timetable:
        row = self._connection.execute(TIMETABLE).fetchone()
        return Timetable(*row) if row else Timetable(None, None)

    def heard(self) -> bool:
        """Whether a commit was announced since the last question."""
        self._connection.pgconn.consume_input()
        return self._take()

    def wait(self, seconds: float) -> None:
        """Until a commit is announced, the alarm rings or the time is over."""
        # What came in behind the last answer is in libpq's buffer, where select can't see it.
        if not self._take():
            self._selector.select(seconds)

    def _take(self) -> bool:
        heard = False
        while self._connection.pgconn.notifies():
            heard = True
        return heard
