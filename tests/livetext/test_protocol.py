"""A hostile client: everybody else goes on, the process stays the same, the code says why."""

import secrets

import pycrdt
import pytest

from in4green.livetext import wire
from in4green.livetext.gate.lib0 import var_bytes, var_uint
from in4green.livetext.models import TextUpdate
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer, settle
from tests.livetext.people import editor_of

pytestmark = pytest.mark.django_db(transaction=True)


def nested_elements(depth: int) -> bytes:
    doc: pycrdt.Doc = pycrdt.Doc(client_id=secrets.randbits(31))
    inner = doc.get("prosemirror", type=pycrdt.XmlFragment)
    for _ in range(depth):
        inner.children.append(pycrdt.XmlElement("blockquote"))
        inner = inner.children[0]
    return doc.get_update()


def in_root(name: str) -> bytes:
    doc: pycrdt.Doc = pycrdt.Doc(client_id=secrets.randbits(31))
    doc.get(name, type=pycrdt.XmlFragment).children.append(pycrdt.XmlElement("paragraph"))
    return doc.get_update()


def element(name: str) -> bytes:
    doc: pycrdt.Doc = pycrdt.Doc(client_id=secrets.randbits(31))
    doc.get("prosemirror", type=pycrdt.XmlFragment).children.append(pycrdt.XmlElement(name))
    return doc.get_update()


def map_value() -> bytes:
    doc: pycrdt.Doc = pycrdt.Doc(client_id=secrets.randbits(31))
    doc.get("prosemirror", type=pycrdt.Map)["key"] = [[[[[[["deep"]]]]]]]
    return doc.get_update()


ATTACKS = {
    "an empty frame": b"",
    "an unknown kind": b"\x55\x00",
    "a truncated update": wire.update(nested_elements(2))[:-3],
    "no update at all": wire.update(b"\xff\xff\xff\xff\xff\xff\xff\xff"),
    "bytes behind the message": wire.update(nested_elements(2)) + b"\x00",
    "a nested bomb": wire.update(nested_elements(200)),
    "a foreign root": wire.update(in_root("elsewhere")),
    "an unknown node": wire.update(element("script")),
    "a map": wire.update(map_value()),
    "a state vector that lies": b"\x00\x00" + var_bytes(var_uint(2**31) + b"\x01"),
    "a presence that is too long": wire.awareness(
        var_uint(1) + var_uint(7) + var_uint(1) + var_bytes(b'"' + b"x" * 3000 + b'"')
    ),
    "a presence that is no JSON": wire.awareness(
        var_uint(1) + var_uint(7) + var_uint(1) + var_bytes(b"{" * 2000)
    ),
    "a presence that only Python reads": wire.awareness(
        var_uint(1) + var_uint(7) + var_uint(1) + var_bytes(b'{"cursor":NaN}')
    ),
    "a presence counted to the end of all numbers": wire.awareness(
        var_uint(1) + var_uint(7) + var_uint(2**53 - 1) + var_bytes(b'{"cursor":null}')
    ),
    "control that only the server sends": wire.control(mode="write"),
    "a ping as long as a text": wire.control(ping="x" * 300),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_no_editor_sends_ends_the_connection_alone(live: Live, name):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    evil = live.join(note.text, editor_of(note.group))
    process = live.process.pid

    evil.send(ATTACKS[name])

    assert evil.wait_for_close() == Close.FORBIDDEN_CONTENT
    anna.type("Ich schreibe weiter.")
    anna.wait_for_ack()
    assert live.process.running
    assert live.process.pid == process
    assert TextUpdate.objects.filter(text=note.text).count() == 1


def test_a_flood_ends_its_own_connection(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    evil = live.join(note.text, editor_of(note.group))

    for _ in range(400):
        evil.send(wire.control(ping=1))

    assert evil.wait_for_close() == Close.FLOOD
    anna.type("Ich schreibe weiter.")
    anna.wait_for_ack()
    assert anna.code is None


def test_a_frame_above_the_limit_is_refused_by_its_length(live: Live):
    note = NoteFactory()
    evil = live.join(note.text, editor_of(note.group))

    evil.send(b"\x00\x02" + var_bytes(b"x" * 70_000))

    assert evil.wait_for_close() == 1009


def test_a_gap_is_asked_for_and_filled(live: Live):
    """The second of two updates arrives alone: nothing is stored until the first is there."""
    note = NoteFactory()
    writer = live.join(note.text, editor_of(note.group))
    writer.type("Anfang ")
    writer.wait_for_ack()

    before = writer.doc.get_state()
    with writer.doc.transaction():
        writer.root.children[0].children[0].insert(0, "verloren ")
    middle = writer.doc.get_state()
    with writer.doc.transaction():
        writer.root.children[0].children[0].insert(0, "angekommen ")
    assert before != middle
    writer.push(writer.doc.get_update(middle))
    writer.wait_for_ack()

    ben = live.join(note.text, editor_of(note.group))
    assert ben.text == "angekommen verloren Anfang "


def test_nobody_writes_under_another_person_s_client_id(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    anna.type("Von Anna.")
    anna.wait_for_ack()
    doc: pycrdt.Doc = pycrdt.Doc(client_id=anna.doc.client_id)
    evil = live.join(note.text, editor_of(note.group), doc)

    evil.type(" Angeblich auch.")

    assert evil.wait_for_close() == Close.FORBIDDEN_CONTENT
    assert TextUpdate.objects.filter(text=note.text).count() == 1


def test_a_person_goes_on_under_the_own_id_over_several_connections(live: Live):
    note = NoteFactory()
    person = editor_of(note.group)
    first = live.join(note.text, person)
    first.type("Vor dem Neuladen. ")
    first.wait_for_ack()
    first.close()

    again = live.join(note.text, person, first.doc)
    again.type("Danach.")
    again.wait_for_ack()

    assert again.code is None
    assert TextUpdate.objects.filter(text=note.text).count() == 2


def test_what_is_there_already_is_acknowledged_and_not_stored_again(live: Live):
    note = NoteFactory()
    writer = live.join(note.text, editor_of(note.group))
    writer.type("Einmal.")
    writer.change(lambda root: root.children[0].children[0].__delitem__(slice(0, 2)))
    writer.wait_for_ack()
    stored = TextUpdate.objects.filter(text=note.text).count()

    writer.push(writer.doc.get_update())
    writer.wait_for_ack()

    assert TextUpdate.objects.filter(text=note.text).count() == stored


def test_names_come_from_the_session_not_from_the_client(live: Live):
    note = NoteFactory()
    anna, ben = editor_of(note.group), editor_of(note.group)
    writer, reader = live.join(note.text, anna), live.join(note.text, ben)
    state = b'{"user":{"name":"Coordinator","id":1},"cursor":null,"extra":"<script>"}'

    writer.send(wire.awareness(var_uint(1) + var_uint(42) + var_uint(1) + var_bytes(state)))
    reader.wait_for(lambda: reader.awareness)

    shown = reader.awareness[-1]
    assert anna.name.encode() in shown
    assert b"Coordinator" not in shown
    assert b"script" not in shown


def test_who_leaves_is_no_longer_here(live: Live):
    note = NoteFactory()
    writer, other = (live.join(note.text, editor_of(note.group)) for _ in range(2))
    state = var_uint(42) + var_uint(1) + var_bytes(b'{"cursor":null}')
    writer.send(wire.awareness(var_uint(1) + state))
    other.wait_for(lambda: other.awareness)

    writer.close()

    other.wait_for(lambda: b"null" in other.awareness[-1] and b"user" not in other.awareness[-1])


@pytest.mark.chaos
def test_who_never_reads_is_cut_off_and_others_do_not_notice(own_live: Live):
    live, note = own_live, NoteFactory()
    live.spawn.environment |= {
        "LIVE_BACKLOG_BYTES": "200000",
        "LIVE_STATE_BYTES": "50000000",
        "LIVE_BYTES_PER_SECOND": "100000000",
        "LIVE_MESSAGES_PER_SECOND": "1000",
    }
    live.start()
    # Its socket takes little, and it reads nothing more after the greeting.
    stalled = live.connect(note.text, editor_of(note.group), buffer=4096).greet()
    anna, ben = (live.join(note.text, editor_of(note.group)) for _ in range(2))

    for _ in range(120):
        anna.type("x" * 60_000)
        anna.change(lambda root: root.children[0].children[0].__delitem__(slice(0, 60_000)))
        settle([anna, ben])

    assert (anna.code, ben.code) == (None, None)
    assert stalled.wait_for_close() in (Close.TOO_SLOW, 1006, 1011)


def test_sockets_of_one_text_are_limited(own_live: Live):
    live, note = own_live, NoteFactory()
    live.spawn.environment["LIVE_SOCKETS_PER_TEXT"] = "2"
    live.start()
    inside: list[Writer] = [live.join(note.text, editor_of(note.group)) for _ in range(2)]

    assert live.connect(note.text, editor_of(note.group)).wait_for_close() == Close.FLOOD
    assert [writer.code for writer in inside] == [None, None]
