"""What is going on, shown while it goes on, each step with its time."""

import contextlib
import io
import sys
import threading
import time
from collections.abc import Iterator

SOON = 0.5
"""Seconds after which a step that still runs is announced."""


def say(line: str = "") -> None:
    """One line in one write, so that lines of several threads never mix.

    A terminal that was closed doesn't keep us from stopping everything in order.
    """
    with contextlib.suppress(OSError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Step:
    def __init__(self, title: str) -> None:
        self.title = title


@contextlib.contextmanager
def step(title: str, *, doing: str = "") -> Iterator[Step]:
    """Ticks a step off; its ``title`` may be made more exact (a port, a version) meanwhile."""
    begun = time.monotonic()
    current = Step(title)
    announcement = threading.Timer(SOON, say, [f"· {doing or title} …"])
    announcement.start()
    try:
        yield current
    finally:
        announcement.cancel()
    say(f"✓ {current.title} ({time.monotonic() - begun:.1f} s)")


def prepare_terminal() -> None:
    """A terminal without ✓ in its character set shows a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
