"""How much one connection may send."""

import time

from django.conf import settings

BURST = 4.0  # seconds' worth that may come together: a reconnect brings what was typed offline


class Allowance:
    """A bucket for messages and one for bytes."""

    def __init__(self) -> None:
        self.messages = settings.LIVETEXT["MESSAGES_PER_SECOND"]
        self.bytes = settings.LIVETEXT["BYTES_PER_SECOND"]
        self._due = self._due_bytes = time.monotonic()

    def takes(self, size: int) -> bool:
        now = time.monotonic()
        self._due = max(now, self._due) + 1 / self.messages
        self._due_bytes = max(now, self._due_bytes) + size / self.bytes
        return max(self._due, self._due_bytes) <= now + BURST
