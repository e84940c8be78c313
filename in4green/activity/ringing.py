"""The bell: a Celery task per ring, and no waiting for a Redis that does not answer."""

import logging
from time import monotonic
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from in4green.activity.tasks import send_due

log = logging.getLogger("in4green.relay")

# Redis answers within milliseconds or is in trouble; seconds.
PATIENCE = 0.3
# After trouble the bell rests: the relay sends by itself meanwhile; seconds.
REST = 10.0
EXPIRES = 60


class Bell:
    """Rings workers. After a failure it rests, so that a frozen Redis costs a moment in ten s."""

    def __init__(self) -> None:
        self._connection = current_app.connection_for_write()
        self._connection.transport_options = {
            **(self._connection.transport_options or {}),
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "max_retries": 0,
        }
        self._rests_until = 0.0

    def ring(self) -> bool:
        """Whether the queue took it; not whether a worker is there to hear it."""
        if monotonic() < self._rests_until:
            return False
        try:
            options: Any = {"connection": self._connection, "retry": False, "expires": EXPIRES}
            send_due.apply_async(**options)
        except (OperationalError, RedisError, OSError) as error:
            log.warning("the queue does not answer (%s): sending without it", type(error).__name__)
            self._rests_until = monotonic() + REST
            self.close()
            return False
        return True

    def close(self) -> None:
        self._connection.release()
