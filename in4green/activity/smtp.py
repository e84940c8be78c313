"""SMTP as in Django, with an end to every conversation and a memory for the server's answer.

Django's time-out counts silence only. Here connecting, and then each mail, has
``OUTBOX["SEND_WITHIN"]`` altogether: a server that hangs or dribbles can't hold a delivery longer
than its lease.
"""

import smtplib
import socket
import threading
from typing import Any

from django.conf import settings
from django.core.mail.backends import smtp

GOODBYE = 1  # second


class Conversation(smtplib.SMTP):
    """Keeps the reply to DATA, and ends when its time is over."""

    reply = ""
    _clock: threading.Timer | None = None

    def sendmail(self, *args: Any, **options: Any) -> Any:
        self._start_clock()
        try:
            return super().sendmail(*args, **options)
        finally:
            self._stop_clock()

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, text = super().data(msg)
        self.reply = f"{code} {text.decode(errors='replace')}"
        return code, text

    def close(self) -> None:
        self._stop_clock()
        super().close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._start_clock()
        return sock

    def _start_clock(self) -> None:
        self._stop_clock()
        seconds = settings.OUTBOX["SEND_WITHIN"].total_seconds()
        self._clock = threading.Timer(seconds, self._hang_up)
        self._clock.daemon = True
        self._clock.start()

    def _stop_clock(self) -> None:
        if self._clock:
            self._clock.cancel()

    def _hang_up(self) -> None:
        """Wakes the thread that waits for the server; it sees a closed connection.

        Not ``SSLSocket.shutdown``, which would pull TLS from under that thread.
        """
        sock = self.sock
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return  # it went away by itself


class SSLConversation(Conversation, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[Conversation]:
        return SSLConversation if self.use_ssl else Conversation

    def _close_connection(self, connection: Conversation) -> None:
        """A server that hangs is not waited for to say good-bye as well."""
        if connection.sock:
            connection.sock.settimeout(GOODBYE)
        super()._close_connection(connection)  # type: ignore[misc]

    @property
    def last_reply(self) -> str:
        """What the server said to the last mail it took."""
        return getattr(self.connection, "reply", "")
