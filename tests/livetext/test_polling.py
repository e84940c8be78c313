"""The same text without a socket, by POST and long poll."""

import http.client
import json
from typing import Any

import pycrdt
import pytest
from django.conf import settings

from in4green.livetext import schema, services, wire
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.lib0 import read_var_bytes, read_var_uint, var_bytes
from in4green.livetext.models import TextUpdate
from tests.factories import NoteFactory
from tests.livetext.live import Live, session_of
from tests.livetext.people import editor_of, reader_of
from tests.livetext.replay import stored_text

pytestmark = pytest.mark.django_db(transaction=True)


class Poll:
    """One connection by POST and GET; ``acked`` as for a socket."""

    def __init__(self, live: Live, text: Any, key: str, origin: str = settings.BASE_URL) -> None:
        self.live = live
        self.path = f"/live/{text.pk}.{text.epoch}/poll"
        self.headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}", "Origin": origin}
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc()
        self.root = self.doc.get(schema.root(), type=pycrdt.XmlFragment)
        self.acked = 0
        self.controls: list[dict[str, Any]] = []

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.live.port, timeout=40)
        connection.request(method, path, body, self.headers)
        answer = connection.getresponse()
        self.answer_headers = answer.headers
        content = answer.read()
        connection.close()
        return answer.status, content

    def open(self) -> int:
        status, body = self.request("POST", f"{self.path}?schema={schema.version()}")
        if status == 200:
            self.path += "/" + json.loads(body)["connection"]
        return status

    def say(self, *frames: bytes) -> int:
        return self.request("POST", self.path, b"".join(map(var_bytes, frames)))[0]

    def listen(self) -> int:
        status, body = self.request("GET", self.path)
        at = 0
        while status == 200 and at < len(body):
            frame, at = read_var_bytes(body, at)
            self._take(wire.parse(frame))
        return status

    def _take(self, message: wire.Message) -> None:
        match message:
            case (wire.SYNC, wire.STEP_1, _) | (wire.AWARENESS, _, _):
                pass
            case (wire.SYNC, _, update):
                self.doc.apply_update(update)
            case (wire.ACK, _, count):
                self.acked, _ = read_var_uint(count, 0)
            case (wire.CONTROL, _, said):
                self.controls.append(json.loads(said))


def paragraph(words: str) -> bytes:
    doc: pycrdt.Doc = pycrdt.Doc()
    root = doc.get(schema.root(), type=pycrdt.XmlFragment)
    root.children.append(pycrdt.XmlElement("paragraph"))
    root.children[0].children.append(pycrdt.XmlText(words))
    return doc.get_update()


def test_a_text_is_read_and_written_without_a_socket(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    anna.type("Über den Socket.")
    anna.wait_for_ack()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    assert poll.open() == 200

    assert poll.say(wire.step_1(read_state_vector(b"\x00"))) == 204
    poll.listen()
    assert str(poll.root.children[0].children[0]) == "Über den Socket."
    assert poll.say(wire.update(paragraph("Ohne Socket."))) == 204
    while not poll.acked:
        assert poll.listen() == 200

    anna.wait_for_text("Ohne Socket.")
    assert sorted(stored_text(note.text).split("\n")) == ["Ohne Socket.", "Über den Socket."]


def test_what_is_too_large_for_a_frame_goes_by_post(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()

    assert poll.say(wire.update(paragraph("x" * 400_000))) == 204
    while not poll.acked:
        assert poll.listen() == 200

    assert stored_text(note.text) == "x" * 400_000


def test_even_by_post_there_is_a_limit(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()

    assert poll.say(wire.update(paragraph("x" * 1_600_000))) == 413
    assert not TextUpdate.objects.filter(text=note.text).exists()


def test_doors_are_the_same_as_for_sockets(live: Live):
    note = NoteFactory()
    key = session_of(editor_of(note.group))

    assert Poll(live, note.text, key, origin="https://evil.example").open() == 403
    assert Poll(live, note.text, "made-up").open() == 401
    assert Poll(live, note.text, session_of(editor_of(NoteFactory().group))).open() == 404
    note.text.epoch = 7
    assert Poll(live, note.text, key).open() == 409


def test_a_connection_belongs_to_the_session_that_opened_it(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()

    poll.headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={session_of(editor_of(note.group))}"

    assert poll.listen() == 410
    assert poll.say(wire.update(paragraph("Fremd."))) == 410


def test_a_reader_s_post_is_refused(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(reader_of(note.group)))
    poll.open()

    poll.say(wire.update(paragraph("Nein.")))
    while not any("refused" in said for said in poll.controls):
        assert poll.listen() == 200

    assert poll.controls[0]["mode"] == "read"
    assert not TextUpdate.objects.filter(text=note.text).exists()


def test_only_the_portal_s_pages_may_read_the_answers(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()

    assert poll.answer_headers["Access-Control-Allow-Origin"] == settings.BASE_URL
    assert poll.answer_headers["Access-Control-Allow-Credentials"] == "true"
    assert poll.answer_headers["Cache-Control"] == "no-store"
    assert poll.request("OPTIONS", poll.path)[0] == 204


def test_a_closed_connection_is_gone(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()

    assert poll.request("DELETE", poll.path)[0] == 204
    while (status := poll.listen()) == 200:
        pass

    assert status == 410


def test_a_removed_member_writes_no_more_by_post(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    poll = Poll(live, note.text, session_of(anna))
    poll.open()

    anna.memberships.all().delete()
    services.recheck(anna)
    while poll.listen() == 200:
        pass

    assert poll.say(wire.update(paragraph("Nachher."))) == 410
    assert not TextUpdate.objects.filter(text=note.text).exists()


def test_two_large_uploads_are_no_flood(live: Live):
    note = NoteFactory()
    poll = Poll(live, note.text, session_of(editor_of(note.group)))
    poll.open()
    large = wire.update(paragraph("x" * 1_400_000))

    assert [poll.say(large), poll.say(large)] == [204, 204]
    while poll.acked < 2:
        assert poll.listen() == 200


def test_a_million_empty_frames_are_refused_unheard(live: Live):
    note = NoteFactory()
    poll, other = (Poll(live, note.text, session_of(editor_of(note.group))) for _ in range(2))
    poll.open()
    other.open()

    assert poll.request("POST", poll.path, bytes(1_000_000))[0] == 410
    assert other.say(wire.update(paragraph("Weiter."))) == 204
    while not other.acked:
        assert other.listen() == 200
