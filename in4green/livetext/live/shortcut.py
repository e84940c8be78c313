"""Straight to and from uvicorn's sockets: one frame for many, and no queue on the way in.

An ASGI ``send`` frames every message anew, which costs more than the kernel's own send. A server's
frames carry no mask, so one frame serves all. A ``receive`` takes each message through a queue to
a task, and stops and begins to read the socket for it. Where another server or another protocol
class is underneath, or a socket is not ready, there is no shortcut and ASGI is used.
"""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from in4green.livetext.live.frames import Frames

BINARY = 0x82  # a whole message in one frame, RFC 6455 section 5.2


def framed(message: bytes) -> bytes:
    size = len(message)
    if size < 126:
        return bytes((BINARY, size)) + message
    if size < 65536:
        return bytes((BINARY, 126)) + size.to_bytes(2, "big") + message
    return bytes((BINARY, 127)) + size.to_bytes(8, "big") + message


class Shortcut:
    """To one socket, as long as it takes what it is given, and from it."""

    def __init__(self, send: Any) -> None:
        owner = getattr(send, "__self__", None)
        self._socket = owner if isinstance(owner, WebSocketsSansIOProtocol) else None

    def write(self, frame: bytes) -> bool:
        """False where the frame has to take the long way."""
        socket = self._socket
        if socket is None or not socket.handshake_complete or socket.close_sent:
            return False
        if not socket.writable.is_set() or socket.transport.is_closing():
            return False
        socket.transport.write(frame)
        return True

    def listen(self, hear: Callable[[bytes], None]) -> None:
        """From now on; what uvicorn has taken before still comes by ``receive``."""
        socket = self._socket
        if socket is None:
            return

        def take() -> None:
            parts, socket.frames = socket.frames, []
            if not socket.close_sent:
                hear(b"".join(parts) if socket.curr_msg_data_type == "bytes" else b"")

        def heard(message: bytes) -> None:
            if not socket.close_sent:
                hear(message)

        socket.send_receive_event_to_app = take  # type: ignore[method-assign]
        frames = Frames(socket.conn, socket.data_received, heard)
        socket.data_received = frames.read  # type: ignore[method-assign]
        socket.transport.set_protocol(socket)  # the loop keeps the method it found before

    def abort(self) -> bool:
        """Ends the socket without waiting for what it still has to read; false without one."""
        if self._socket is not None:
            self._socket.transport.abort()
        return self._socket is not None
