"""How a page comes back to a live process that is away: minutes of waiting, for `script/chaos`."""

import pytest
from playwright.sync_api import Page

from tests.browsing.test_editor_saving import kill
from tests.livetext.editing import Room
from tests.livetext.live import Live
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]

# Each try by socket or POST and each end of one is counted, and chance is ours.
COUNT = """() => {
    Object.assign(window, {tries: 0, failures: 0});
    const {WebSocket: Socket, fetch: ask} = window;
    window.WebSocket = class extends Socket {
        constructor(...place) {
            super(...place);
            window.tries += 1;
            this.addEventListener("close", () => { window.failures += 1; });
        }
    };
    window.fetch = (...asked) => {
        window.tries += 1;
        const answer = ask(...asked);
        answer.catch(() => { window.failures += 1; });
        return answer;
    };
}"""
CHANCE = "chance => { Math.random = () => chance; }"
MOST, LEAST = 0.999999, 0
# Milliseconds; waits are up to twice as long each time, and never longer than the last.
LONGEST = [600, 1200, 2400, 4800, 9600, 19_200, 20_000, 20_000]
SHORTEST = 300


@pytest.fixture
def room_live(own_room_live: Live) -> Live:
    """Killed and begun anew here."""
    return own_room_live


def waits(page: Page, wait: int) -> None:
    """Nothing is tried before, and something right after.

    A try may have failed some milliseconds before this clock stood still.
    """
    wait_for(lambda: page.evaluate("tries === failures"))
    tries = page.evaluate("tries")
    page.clock.run_for(wait - 100)
    assert page.evaluate("tries") == tries
    page.clock.run_for(105)
    assert page.evaluate("tries") == tries + 1


def test_waits_before_another_try_grow_at_random_up_to_twenty_seconds(room: Room) -> None:
    anna = room.author("Anna Beispiel")
    page = anna.page
    page.clock.install()
    anna.open()
    anna.type("Da.")
    anna.is_saved()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.evaluate(COUNT)
    page.evaluate(CHANCE, MOST)
    port = kill(room)
    wait_for(lambda: anna.state.get_attribute("data-state") == "offline")

    page.clock.run_for(620)  # the first wait
    assert page.evaluate("tries") == 1
    for wait in LONGEST[1:]:
        waits(page, wait)
    page.evaluate(CHANCE, LEAST)
    wait_for(lambda: page.evaluate("tries === failures"))
    page.clock.run_for(LONGEST[-1])
    waits(page, SHORTEST)

    room.live.start(port)
    page.clock.resume()
    anna.is_saved()
