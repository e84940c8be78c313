"""A real SMTP server in a thread, which can be told to misbehave."""

import asyncio
import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.ports import free_port


@dataclass(frozen=True)
class Received:
    """One message as it came over the wire."""

    sender: str
    recipients: list[str]
    raw: bytes
    message: EmailMessage = field(repr=False)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text part, decoded, with plain line ends."""
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else ""


class Conversation(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's name)
        server: SmtpServer = self.event_handler
        if reply := server.refuses("354", *self.envelope.rcpt_tos):
            await self.push(reply)
        else:
            await super().smtp_DATA(arg)


class SmtpServer:
    """Listens on ``host``:``port`` and keeps what it accepted in ``messages``.

    It behaves until told otherwise; ``behave()`` ends every trouble:

    - ``refuse("451 try later")``: this reply to every MAIL FROM;
      ``at="RCPT"`` or ``at="DATA"`` refuses later in the conversation, ``at="354"`` the word DATA
      itself, so that the transaction stays open;
      ``recipients={"a@example.org"}`` (with RCPT or DATA) refuses only those.
    - ``hang_after_data()``: takes the message whole, then never replies. The message is in
      ``messages``, as at a server that dies before its reply arrives.
    - ``stop()`` and ``start()``: nobody listens in between; same port afterwards.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[Received] = []
        self.hung = 0
        self.connections = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._conversations: list[SMTP] = []
        self.behave()

    @property
    def url(self) -> str:
        """For ``EMAIL_URL``."""
        return f"smtp://{self.host}:{self.port}"

    def behave(self) -> None:
        self._refusal: tuple[str, str] | None = None
        self._refused: set[str] | None = None
        self._hangs = False

    def refuse(self, reply: str, *, at: str = "MAIL", recipients: set[str] | None = None) -> None:
        self._refused = recipients
        self._refusal = (at, reply)

    def hang_after_data(self) -> None:
        self._hangs = True

    def wait_for_messages(self, count: int, timeout: float = 10) -> list[Received]:
        """The messages, as soon as there are at least ``count``; fails after ``timeout`` s."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.messages) >= count, timeout):
                raise AssertionError(f"{len(self.messages)} of {count} mails after {timeout} s")
        return self.messages

    def wait_for_hang(self, timeout: float = 10) -> None:
        """Returns when a client waits for a reply that will not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.hung, timeout):
                raise AssertionError(f"no client waits after {timeout} s")

    def start(self) -> None:
        listener = socket.create_server((self.host, self.port))
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(listener,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends every conversation at once, like a server that crashes."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()
        self._thread = None

    def _run(self, listener: socket.socket) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(listener))

    async def _serve(self, listener: socket.socket) -> None:
        server = await self._loop.create_server(self._converse, sock=listener)
        await self._ending.wait()
        server.close()
        for conversation in self._conversations:
            if conversation.transport:
                conversation.transport.abort()
        self._conversations.clear()

    def _converse(self) -> SMTP:
        self.connections += 1
        conversation = Conversation(
            self, hostname="localhost", enable_SMTPUTF8=True, loop=self._loop
        )
        self._conversations.append(conversation)
        return conversation

    def refuses(self, at: str, *recipients: str) -> str | None:
        if self._refusal is None or self._refusal[0] != at:
            return None
        if recipients and self._refused is not None and self._refused.isdisjoint(recipients):
            return None
        return self._refusal[1]

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self.refuses("MAIL"):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self.refuses("RCPT", address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if reply := self.refuses("DATA", *envelope.rcpt_tos):
            return reply
        hangs = self._hangs
        self._keep(envelope, hangs)
        if hangs:
            await self._ending.wait()
        return "250 OK"

    def _keep(self, envelope: Envelope, hangs: bool) -> None:
        raw = envelope.original_content or b""
        message = message_from_bytes(raw, policy=policy.default)
        received = Received(envelope.mail_from or "", list(envelope.rcpt_tos), raw, message)
        with self._changed:
            self.messages.append(received)
            self.hung += hangs
            self._changed.notify_all()
