"""One set-up, one server and one test run of a checkout at a time."""

import contextlib
import fcntl
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from portal.errors import Refusal
from portal.paths import make_private
from portal.steps import say

_passed_on: list[int] = []


@contextlib.contextmanager
def waiting(path: Path, holder: str) -> Iterator[None]:
    """Holds the lock; waits while another process does, and says so.

    Programs that are run meanwhile hold it too: if we are killed, they may still be writing.
    """
    with opened(path) as file:
        if not taken(file):
            say(f"· Waiting for {holder} …")
            fcntl.flock(file, fcntl.LOCK_EX)
        _passed_on.append(file.fileno())
        try:
            yield
        finally:
            _passed_on.remove(file.fileno())


def passed_on() -> list[int]:
    """File descriptors of the locks that programs hold with us."""
    return list(_passed_on)


@contextlib.contextmanager
def if_free(path: Path) -> Iterator[bool]:
    """Whether nobody else held the lock; then we do meanwhile.

    The kernel frees it when the process ends, by SIGKILL too.
    """
    with opened(path) as file:
        yield taken(file)


@contextlib.contextmanager
def alone(path: Path, refusal: str) -> Iterator[None]:
    """Holds the lock or refuses; ``{}`` in the sentence becomes what the holder noted there."""
    with if_free(path) as free:
        if not free:
            raise Refusal(refusal.format(path.read_text().strip()))
        yield


def note(path: Path, text: str) -> None:
    """What the next one, who finds the lock taken, is told."""
    path.write_text(text)


def opened(path: Path) -> TextIOWrapper:
    make_private(path.parent)
    return path.open("a+")


def taken(file: TextIOWrapper) -> bool:
    file.seek(0)
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
