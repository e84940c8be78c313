"""How much one connection may send."""

import time

from django.conf import settings

BURST = 4.0  # seconds' worth that may come together: a reconnect brings what was typed offline
# Each question for what is missing may cost a reading of the whole text; one is asked at a
# connect, and one for each gap.
QUESTIONS_PER_SECOND, QUESTIONS_AT_ONCE = 1.0, 20


class Bucket:
    """Takes so much a second, and so much at once after a rest."""

    def __init__(self, per_second: float, at_once: float) -> None:
        self.per_second = per_second
        self.burst = at_once / per_second
        self._due = time.monotonic()

    def takes(self, amount: float) -> bool:
        now = time.monotonic()
        self._due = max(now, self._due) + amount / self.per_second
        return self._due <= now + self.burst


class Allowance:
    """For messages, their bytes, and questions for the text."""

    def __init__(self, *, upload: bool) -> None:
        limits = settings.LIVETEXT
        messages, size = limits["MESSAGES_PER_SECOND"], limits["BYTES_PER_SECOND"]
        # Two of the largest uploads: what was typed offline, and what is typed meanwhile.
        at_once = max(BURST * size, 2 * limits["UPLOAD_BYTES"] if upload else 0)
        self._messages = Bucket(messages, BURST * messages)
        self._bytes = Bucket(size, at_once)
        self._questions = Bucket(QUESTIONS_PER_SECOND, QUESTIONS_AT_ONCE)

    def takes(self, size: int) -> bool:
        return self._messages.takes(1) & self._bytes.takes(size)

    def answers(self) -> bool:
        return self._questions.takes(1)
