"""The frames that a socket reads: plain ones at once, all others as uvicorn's library takes them.

Nearly all are whole binary messages of some dozen bytes. The library reads each by a chain of
generators and objects, which takes four times as long. It is always given whole frames, so that it
stands between two of them; what can't be a plain frame leaves it alone with the rest for good.
"""

from collections.abc import Callable
from typing import Any

from websockets.frames import apply_mask  # type: ignore[attr-defined]
from websockets.protocol import Protocol, State

WHOLE_BINARY = 0x82  # RFC 6455, section 5.2: the last frame of a message, which is its first
MASKED = 0x80
HEAD = 6  # bytes at least: two, and the mask
SHORT, LONG = 126, 127  # the length follows in two bytes, or in eight


class Frames:
    """``pass_on`` gives bytes to the library, ``hear`` takes a message."""

    def __init__(
        self, library: Protocol, pass_on: Callable[[bytes], None], hear: Callable[[bytes], None]
    ) -> None:
        self._library = library
        self._pass_on = pass_on
        self._hear = hear
        self._begun = b""  # a frame whose end hasn't come
        self._all_passed_on = not is_between_frames(library)

    def read(self, data: bytes) -> None:
        if self._all_passed_on:
            self._pass_on(data)
            return
        if self._begun:
            data, self._begun = self._begun + data, b""
        at = 0
        while end := self._end_of_frame(data, at):
            self._take(data, at, end)
            at = end
        if self._all_passed_on:
            self._pass_on(data[at:])
        elif at < len(data):
            self._begun = data[at:]

    def _end_of_frame(self, data: bytes, at: int) -> int:
        """0 where it hasn't come yet, or can't be told."""
        there = len(data) - at
        if there < 2:
            return 0
        length = data[at + 1] - MASKED
        if length < 0 or length == LONG:  # forbidden, or too long for a plain one
            self._all_passed_on = True
            return 0
        if length == SHORT:
            end = at + HEAD + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            return end if there >= HEAD + 2 and end <= len(data) else 0
        return at + HEAD + length if there >= HEAD + length else 0

    def _take(self, data: bytes, at: int, end: int) -> None:
        library = self._library
        plain = data[at] == WHOLE_BINARY and library.state is State.OPEN
        if plain and library.current_size is None:  # not between the parts of a message
            body = at + (HEAD if data[at + 1] != MASKED + SHORT else HEAD + 2)
            self._hear(apply_mask(data[body:end], data[body - 4 : body]))
        else:
            self._pass_on(data[at:end])


def is_between_frames(library: Protocol) -> bool:
    """Its reader waits for the first byte of a frame, and not within one."""
    waiting: Any = library.parser
    while waiting.gi_yieldfrom is not None:
        waiting = waiting.gi_yieldfrom
    return bool(waiting.__name__ == "at_eof")
