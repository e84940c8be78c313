"""Any Yjs client can take part: here the provider that npm's y-websocket brings."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from portal import node
from portal.paths import ROOT
from tests.factories import NoteFactory
from tests.livetext.live import Live, session_of
from tests.livetext.people import editor_of

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = Path(__file__).parent / "golden" / "stock.mjs"


def test_a_stock_provider_reads_and_writes(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    anna.type("Von Anna.")
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(editor_of(note.group))}"
    address = live.address(note.text)
    server, room = address.split("?")[0].rsplit("/", 1)

    with subprocess.Popen(
        [node.program(), PROGRAM, server, room, cookie, settings.BASE_URL, "Vom Standard.",
         ROOT / "frontend"],
        stdout=subprocess.PIPE,
        text=True,
    ) as stock:  # fmt: skip
        try:
            anna.wait_for_text("Vom Standard.")
            anna.type(" Und noch etwas.")
            assert stock.stdout
            seen = next(line for line in stock.stdout if "Und noch etwas." in line)
        finally:
            stock.terminate()

    assert "Von Anna." in seen
    assert anna.text == "Von Anna.\nVom Standard. Und noch etwas."
