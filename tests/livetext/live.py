"""The real live process and people who write through it, for tests.

    def test_two_people(live, note):
        anna, ben = live.join(note, anna_user), live.join(note, ben_user)
        anna.type("Hello")
        ben.wait_for_text("Hello")

A `Writer` is a raw-protocol client around a document of its own, as a browser has one.
"""

import json
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pycrdt
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from groups.models import User
from in4green.livetext import schema, wire
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.lib0 import read_var_uint, var_string, var_uint
from in4green.livetext.models import LiveText
from tests.services import Child, Spawner
from tests.support.waiting import wait_for

PATIENCE = 10.0


def session_of(user: User) -> str:
    """A signed-in session, as the sign-in page would have made it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = 2**33
    session.create()
    return str(session.session_key)


class Writer:
    """One connection. ``acked`` of ``sent`` updates are acknowledged."""

    def __init__(
        self,
        address: str,
        session_key: str,
        doc: pycrdt.Doc[Any] | None = None,
        *,
        cookie: str = "",
        origin: str = "",
        buffer: int = 0,
    ) -> None:
        self.doc: pycrdt.Doc[Any] = doc or pycrdt.Doc(client_id=secrets.randbits(31))
        self.root = self.doc.get(schema.root(), type=pycrdt.XmlFragment)
        self.sent = self.acked = 0
        self.mode = ""
        self.controls: list[dict[str, Any]] = []
        self.awareness: list[bytes] = []
        self.synced = False
        self.code: int | None = None
        self.socket: ClientConnection = connect(
            address,
            sock=socket_to(address, buffer),
            additional_headers={
                "Cookie": f"{cookie or settings.SESSION_COOKIE_NAME}={session_key}"
            },
            origin=origin or settings.BASE_URL,  # type: ignore[arg-type]
            max_size=None,
            # A full queue would keep a goodbye from being read while we send.
            max_queue=16 if buffer else None,
            compression=None,
            legacy=True,  # lives longer than a block: tests open and drop connections as they like
        )

    def greet(self) -> "Writer":
        self.send(wire.step_1(read_state_vector(self.doc.get_state())))
        self.wait_for(lambda: self.synced or self.code is not None)
        return self

    def send(self, frame: bytes) -> None:
        """What can't be sent is not lost: it is in the document, as in a browser."""
        try:
            self.socket.send(frame)
        except ConnectionClosed:
            self.code = self.socket.close_code or 1006

    def push(self, update: bytes) -> int:
        """The number that its acknowledgement will reach."""
        self.sent += 1
        self.send(wire.update(update))
        return self.sent

    def change(self, edit: Any) -> int:
        before = self.doc.get_state()
        with self.doc.transaction():
            edit(self.root)
        return self.push(self.doc.get_update(before))

    def type(self, words: str) -> int:
        """At the end of the last paragraph, or in a first one."""

        def edit(root: Any) -> None:
            if not len(root.children):
                root.children.append(pycrdt.XmlElement("paragraph"))
                root.children[0].children.append(pycrdt.XmlText())
            text = root.children[len(root.children) - 1].children[0]
            text.insert(len(str(text).encode()), words)

        return self.change(edit)

    def greet_others(self, **state: Any) -> None:
        """Show a caret, or whatever a client may claim about itself."""
        entry = var_uint(self.doc.client_id) + var_uint(1) + var_string(json.dumps(state))
        self.send(wire.awareness(var_uint(1) + entry))

    @property
    def text(self) -> str:
        return "\n".join(
            "".join(str(part) for part in block.children) for block in self.root.children
        )

    def read(self, timeout: float) -> bool:
        """Take in one frame; false where none came in time or the socket has ended."""
        if self.code is not None:
            return False
        try:
            frame = self.socket.recv(timeout)
        except TimeoutError:
            return False
        except ConnectionClosed:
            self.code = self.socket.close_code or 1006
            return False
        assert isinstance(frame, bytes)
        self._take(wire.parse(frame))
        return True

    def _take(self, message: wire.Message) -> None:
        match message:
            case (wire.SYNC, wire.STEP_1, vector):
                self.sent += 1
                self.send(wire.step_2(self.doc.get_update(vector)))
            case (wire.SYNC, step, update):
                self.doc.apply_update(update)
                self.synced = self.synced or step == wire.STEP_2
            case (wire.ACK, _, count):
                self.acked, _ = read_var_uint(count, 0)
            case (wire.AWARENESS, _, payload):
                self.awareness.append(payload)
            case (wire.CONTROL, _, said):
                self.controls.append(json.loads(said))
                self.mode = self.controls[-1].get("mode", self.mode)

    def wait_for(self, reached: Any, timeout: float = PATIENCE) -> None:
        def look() -> bool:
            while not reached() and self.read(0.02):
                pass
            return bool(reached())

        wait_for(look, timeout)

    def wait_for_text(self, words: str) -> None:
        self.wait_for(lambda: words in self.text)

    def wait_for_ack(self, number: int | None = None) -> None:
        """Also returns when the connection has ended."""
        self.wait_for(lambda: self.acked >= (number or self.sent) or self.code is not None)

    def wait_for_close(self) -> int:
        self.wait_for(lambda: self.code is not None)
        assert self.code is not None
        return self.code

    def close(self) -> None:
        self.socket.close()


def settle(writers: list[Writer]) -> str:
    """Returns the text that all of them have once everything is acknowledged and has arrived."""

    def same() -> bool:
        for writer in writers:
            while writer.read(0.01):
                pass
        states = {frozenset(read_state_vector(w.doc.get_state()).items()) for w in writers}
        return len(states) == 1 and all(w.acked == w.sent for w in writers)

    wait_for(same, PATIENCE)
    assert len({writer.text for writer in writers}) == 1
    return writers[0].text


class Live:
    def __init__(self, spawn: Spawner) -> None:
        self.spawn = spawn
        self.writers: list[Writer] = []
        self.port = 0
        self.process: Child

    def start(
        self,
        port: int = 0,
        program: str = "in4green.asgi:application",
        options: tuple[str, ...] = (),
    ) -> Child:
        self.port = port or free_port()
        self.process = self.spawn(
            "-m", "uvicorn", program, "--host", "127.0.0.1", "--port", str(self.port),
            "--ws", "websockets-sansio", "--ws-max-size", "65536",
            "--ws-per-message-deflate", "false", "--log-level", "info",
            "--timeout-graceful-shutdown", "5", *options,
        )  # fmt: skip
        self.process.wait_for_output("Uvicorn running")
        return self.process

    def address(self, text: LiveText, epoch: int | None = None) -> str:
        number = epoch or text.epoch
        return f"ws://127.0.0.1:{self.port}/live/{text.pk}.{number}?schema={schema.version()}"

    def connect(
        self, text: LiveText, user: User, doc: Any = None, cookie: str | None = None, **options: Any
    ) -> Writer:
        key = session_of(user) if cookie is None else cookie
        writer = Writer(self.address(text), key, doc, **options)
        self.writers.append(writer)
        return writer

    def part(self) -> None:
        for writer in self.writers:
            writer.close()
        self.writers.clear()

    def join(self, text: LiveText, user: User, doc: Any = None) -> Writer:
        writer = self.connect(text, user, doc).greet()
        assert writer.code is None, f"{writer.code}\n{self.process.output}"
        return writer


def socket_to(address: str, buffer: int) -> socket.socket:
    """With a receive buffer of so many bytes, where it matters."""
    at = urlsplit(address)
    made = socket.socket()
    if buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    made.connect((at.hostname, at.port))
    return made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def shared_live(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Texts keep their numbers to themselves, so one process serves all tests of a worker."""
    spawn = Spawner(tmp_path_factory.mktemp("live"))
    server = Live(spawn)
    server.start()
    yield server
    spawn.kill_all()


@pytest.fixture
def live(shared_live: Live) -> Iterator[Live]:
    """A running live process on this test's database; needs real transactions."""
    yield shared_live
    shared_live.part()


@pytest.fixture
def own_live(spawn: Spawner) -> Iterator[Live]:
    """The same for this test alone: it may be killed, or begun with other settings."""
    server = Live(spawn)
    yield server
    server.process.kill()  # a goodbye to each of many takes longer than the rest
    server.part()


@pytest.fixture
def deaf(transactional_db: None) -> Iterator[None]:
    """While it lasts, no live process keeps the connection that it listens on."""
    over = threading.Event()
    thread = threading.Thread(target=cut_listeners, args=(over,))
    thread.start()
    yield
    over.set()
    thread.join()


def cut_listeners(over: threading.Event) -> None:
    """In a thread of its own, so by a connection of its own."""
    with closing(connection), connection.cursor() as cursor:
        while not over.wait(0.05):
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'live-listener' AND datname = current_database()"
            )
