"""Clients that no editor is: each ends its own connection, the others go on."""

import socket

import pycrdt
import pytest
from django.conf import settings

from in4green.livetext import wire
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.livetext.live import Live, session_of, settle
from tests.livetext.people import editor_of
from tests.livetext.replay import stored_text
from tests.services import Spawner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(spawn: Spawner):
    server = Live(spawn)
    server.start()
    yield server
    server.part()


def test_a_frame_of_text_is_none_of_ours(live: Live):
    note = NoteFactory()
    evil = live.join(note.text, editor_of(note.group))

    evil.socket.send("hello")

    assert evil.wait_for_close() == Close.FORBIDDEN_CONTENT


def test_many_bytes_are_a_flood_as_many_messages_are(live: Live):
    note = NoteFactory()
    evil, anna = (live.join(note.text, editor_of(note.group)) for _ in range(2))
    evil.type("x" * 60_000)
    again = evil.doc.get_update()

    for _ in range(40):
        evil.push(again)

    assert evil.wait_for_close() == Close.FLOOD
    anna.type("Weiter.")
    anna.wait_for_ack()


def test_the_text_is_not_read_anew_for_whoever_asks_without_end(live: Live):
    note = NoteFactory()
    evil = live.join(note.text, editor_of(note.group))

    for clock in range(60):
        evil.send(wire.step_1({7: clock}))

    assert evil.wait_for_close() == Close.FLOOD


def test_two_people_under_one_client_id_in_two_processes_are_one_too_many(
    live: Live, other: Live, deaf: None
):
    """Neither process tells the other; the database alone knows whose the id is."""
    note = NoteFactory()
    anna, ben = (
        server.join(note.text, editor_of(note.group), pycrdt.Doc(client_id=4711))
        for server in (live, other)
    )
    anna.type("Anna.")
    anna.wait_for_ack()

    # More than Anna has written: what is there already would count as said twice.
    ben.type("Mehr als Anna, unter ihrer Nummer.")

    assert ben.wait_for_close() == Close.FORBIDDEN_CONTENT
    assert anna.code is None
    assert stored_text(note.text) == "Anna."


def raw(live: Live, text, user) -> socket.socket:
    """A socket that has shaken hands and is never read again, not even for pings."""
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    link.connect(("127.0.0.1", live.port))
    link.sendall(handshake(live.address(text), session_of(user)))
    return link


def handshake(address: str, key: str) -> bytes:
    place = address.split("/", 3)[3]
    return (
        f"GET /{place} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {settings.BASE_URL}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={key}\r\n\r\n"
    ).encode()


def test_whoever_never_answers_a_ping_is_given_up_and_the_others_go_on(own_live: Live):
    live, note = own_live, NoteFactory()
    live.spawn.environment |= {
        "LIVE_STATE_BYTES": "50000000",
        "LIVE_BYTES_PER_SECOND": "100000000",
        "LIVE_MESSAGES_PER_SECOND": "1000",
    }
    live.start(options=("--ws-ping-interval", "0.5", "--ws-ping-timeout", "0.5"))
    anna, ben = (live.join(note.text, editor_of(note.group)) for _ in range(2))
    dead = [raw(live, note.text, editor_of(note.group)) for _ in range(5)]

    for _ in range(60):
        anna.type("x" * 40_000)
        anna.change(lambda root: root.children[0].children[0].__delitem__(slice(0, 40_000)))
        settle([anna, ben])

    assert (anna.code, ben.code) == (None, None)
    assert live.process.running
    for link in dead:
        link.close()
