"""The live process by its own line of the Procfile, in front of a database that crashes."""

import json
import secrets
import urllib.request

import pycrdt
import pytest

from in4green.livetext import schema
from tests.livetext.live import Writer, settle
from tests.support.waiting import wait_for

PEOPLE = """
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from groups.models import Membership, Note, WorkingGroup
from groups.notebook import KIND
from in4green.livetext.services import create_text
from django.contrib.sessions.backends.db import SessionStore
group = WorkingGroup.objects.get()
text = create_text(KIND)
Note.objects.create(group=group, title="Test", text=text)
people = []
for number in range(3):
    user = get_user_model().objects.create_user(f"live{text.pk}-{number}@example.org", name="Anna")
    Membership.objects.create(group=group, user=user)
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[-1]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    people.append(session.session_key)
print(json.dumps([text.pk, people]))
"""
READ = """
from in4green.livetext.archive.history import state_at_head
from in4green.livetext.models import LiveText, TextUpdate
text = LiveText.objects.get(pk={text})
rows = list(TextUpdate.objects.filter(text=text).order_by("seq").values_list("seq", flat=True))
assert rows == list(range(1, len(rows) + 1)), rows
assert text.head_seq == len(rows)
print(state_at_head(text)[0].hex())
"""


@pytest.fixture
def live(installation):
    child = installation.run("live")
    port = installation.environment["LIVE_PORT"]

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/live/health/") as answer:
                return answer.status == 200
        except OSError:
            return False

    wait_for(answers, 30)
    yield f"ws://127.0.0.1:{port}"
    if child.running:
        child.terminate(30)


def join(live: str, text: int, session: str, doc=None) -> Writer:
    writer = Writer(
        f"{live}/live/{text}.1?schema={schema.version()}",
        session,
        doc,
        cookie="__Host-session",
        origin="https://portal.example.org",
    )
    return writer.greet()


def stored(installation, text: int) -> str:
    state = bytes.fromhex(installation.manage("shell", "-v0", "-c", READ.format(text=text)).strip())
    doc: pycrdt.Doc = pycrdt.Doc()
    doc.apply_update(state)
    root = doc.get("prosemirror", type=pycrdt.XmlFragment)
    return "\n".join("".join(str(part) for part in block.children) for block in root.children)


@pytest.mark.chaos
def test_a_database_that_crashes_under_load_loses_nothing_acknowledged(installation, live):
    text, sessions = json.loads(installation.manage("shell", "-v0", "-c", PEOPLE).splitlines()[-1])
    writers = [join(live, text, session) for session in sessions]
    marks = [secrets.token_hex(2) for _ in writers]

    for number in range(60):
        if number == 30:
            installation.stop_database()
        if number == 45:
            installation.start_database()
        for mark, writer in zip(marks, writers, strict=True):
            writer.type(f"{mark}-{number} ")
    whole = settle(writers)

    assert {writer.code for writer in writers} == {None}  # nobody had to come back
    assert installation.children["live"].running
    assert stored(installation, text) == whole
    assert sorted(whole.split()) == sorted(f"{m}-{n}" for m in marks for n in range(60))


@pytest.mark.chaos
def test_what_was_acknowledged_survives_the_end_of_all_memory(installation, live):
    """The database and the live process are killed at once: only the disk is left."""
    text, sessions = json.loads(installation.manage("shell", "-v0", "-c", PEOPLE).splitlines()[-1])
    writers = [join(live, text, session) for session in sessions]
    for number in range(30):
        for place, writer in enumerate(writers):
            writer.type(f"{place}-{number} ")

    writers[0].wait_for(lambda: writers[0].acked > 10)
    installation.kill_database()
    installation.children["live"].kill()
    for writer in writers:
        writer.wait_for_close()  # having read what was sent before
    installation.start_database()
    words = stored(installation, text).split()

    for place, writer in enumerate(writers):
        # The answer to the greeting is acknowledged, too.
        assert {f"{place}-{number}" for number in range(writer.acked - 1)} <= set(words)
    assert len(words) == len(set(words))


def test_the_process_takes_no_frame_above_the_limit(installation, live):
    text, sessions = json.loads(installation.manage("shell", "-v0", "-c", PEOPLE).splitlines()[-1])
    writer = join(live, text, sessions[0])

    writer.send(bytes(70_000))

    assert writer.wait_for_close() == 1009
