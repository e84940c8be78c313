"""Waiting for what another process or thread does."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(predicate: Callable[[], T], timeout: float = 10, every: float = 0.02) -> T:
    """The first true answer of ``predicate``; seconds. Fails when the time is over.

    The answer that was last seen is part of the failure, so return what is waited for
    (``lambda: smtp.messages``) rather than a bare comparison where that says more.
    """
    deadline = time.monotonic() + timeout
    while not (answer := predicate()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still {answer!r} after {timeout} s")
        time.sleep(every)
    return answer
