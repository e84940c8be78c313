"""Changes that are larger than one frame: a big paste, a day without a network.

For `script/chaos`; `tests/livetext/test_parts.py` cuts such changes without a browser.
"""

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browsing.test_editor_saving import keeps, kill
from tests.livetext.editing import Room
from tests.livetext.live import Live
from tests.livetext.writing import p
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]

FRAME = 64 * 1024
# What many keys leave behind, without the keys: each is a change of its own.
TYPE = """({editor}, number) => {
    const {binding, type} = editor.state["y-sync$"];
    binding.destroy();  // drawing each of them would take minutes
    const words = type.get(0).get(0);
    for (let at = 0; at < number; at += 1) words.insert(words.length, `${at % 10}`);
}"""


@pytest.fixture
def room_live(own_room_live: Live) -> Live:
    """Killed and begun anew here."""
    return own_room_live


class Wire:
    """What a page sends, by socket and by POST."""

    def __init__(self, page: Page) -> None:
        self.frames: list[int] = []
        self.posts: list[str] = []
        page.on("websocket", self._opened)
        page.on("request", lambda asked: self._asked(asked.method, asked.url))

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.frames.append(len(frame)))

    def _asked(self, method: str, url: str) -> None:
        if method == "POST" and "/live/" in url:
            self.posts.append(url)


def test_a_large_paste_goes_in_parts_that_fit_into_frames(room: Room) -> None:
    anna, ben = room.author("Anna Beispiel"), room.open("Ben Beispiel")
    wire = Wire(anna.page)
    anna.open()
    anna.type("Davor.")
    ben.sees("Davor.")
    anna.paste(html="".join(f"<p>{n} {'viele Worte ' * 12}</p>" for n in range(2000)))
    anna.is_saved()
    ben.sees("1999 viele Worte")

    assert wire.posts == []
    assert max(wire.frames) <= FRAME
    assert len([size for size in wire.frames if size > FRAME / 2]) >= 5
    assert anna.content() == ben.content()
    assert len(ben.content()) == 2000


# The one is more than a frame may hold; the other, a long day's, more than even an upload may.
@pytest.mark.parametrize("keys", [2_500, 21_000])
def test_a_day_without_a_network_survives_a_reload_and_comes_back_in_parts(
    room: Room, keys: int
) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Davor: ")
    ben.sees("Davor: ")
    anna.is_saved()
    port = kill(room)
    expect(anna.state).to_have_attribute("data-state", "offline")
    anna.text.evaluate(TYPE, keys)
    wait_for(lambda: keeps(anna.page) == keys, timeout=30)

    anna.page.on("dialog", lambda dialog: dialog.accept())
    anna.page.reload()
    room.live.start(port)
    anna.is_saved()
    ben.sees("0123456789" * (keys // 10))
    assert anna.content() == ben.content() == [p("Davor: " + "0123456789" * (keys // 10))]
    assert keeps(anna.page) == 0
