"""Who is here is seen in time, and what others claim to be harms no text.

For `script/chaos`: a careless server, and tabs that nobody looks at for a minute.
"""

from typing import Any

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from tests.livetext.editing import Author, Role, Room
from tests.livetext.live import Live
from tests.livetext.presenting import AT_THE_END, END, Seen, present

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]


@pytest.fixture
def room_live(own_room_live: Live) -> Live:
    """Killed, frozen and begun anew here."""
    return own_room_live


def hostile(client: int) -> list[Any]:
    """Carets beside the first letters of this client, and nowhere."""
    fraction = {"item": {"client": client, "clock": 2.5}}
    nothing = {"item": {"client": client}}
    return [
        {"cursor": {}},
        {"cursor": {"anchor": {}, "head": {}}},
        {"cursor": {"anchor": END, "head": {"tname": "elsewhere"}}},
        {"cursor": {"anchor": fraction, "head": fraction}},
        {"cursor": {"anchor": nothing, "head": END}},
        {"cursor": float("nan")},
    ]


def here(author: Author, number: int) -> Locator:
    return author.page.get_by_role("button", name=_("Here now: {number}").format(number=number))


def test_what_a_reader_claims_about_a_caret_never_costs_others_a_word(room: Room) -> None:
    """Here the server hands on everything: whoever shows it has to look at it as well."""
    room.live.process.kill()
    room.live.start(room.live.port, program="tests.livetext.careless:application")
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Anfang ")
    ben.sees("Anfang ")
    evil = room.live.join(room.note.text, room.member("Wer Stört", Role.READER))
    seen = Seen(room.live.join(room.note.text, room.member("Wer Zusieht", Role.READER)))
    present(evil, {"cursor": AT_THE_END})
    seen.wait_for_caret(evil, AT_THE_END)
    expect(here(anna, 3)).to_be_visible()

    words = ["Anfang"]
    for number, state in enumerate(hostile(anna.client())):
        present(evil, state, clock=number + 2)
        seen.wait_for_clock(evil, number + 2)
        anna.type(f"Anna{number} ")
        ben.type(f"Ben{number} ")
        words += [f"Anna{number}", f"Ben{number}"]
    for author in (anna, ben):
        present(evil, {"cursor": AT_THE_END}, clock=2**53 - 1, client=author.client())
    present(evil, {"cursor": None}, clock=2**53 - 1)
    seen.wait_for_clock(evil, 2**53 - 1)
    anna.type("Ende")
    ben.sees("Ende")

    for author in (anna, ben):
        for word in words:
            author.sees(word)
        author.is_saved()
    assert anna.content() == ben.content()
    evil.close()
    expect(here(anna, 2)).to_be_visible()


def test_whoever_has_the_text_open_is_in_the_list_at_once_and_stays_there(room: Room) -> None:
    """Also when nothing was typed, in a hidden tab, and after the link was lost."""
    anna = room.author("Anna Beispiel")
    anna.page.clock.install()
    anna.open()
    ben = room.open("Ben Beispiel")
    expect(here(anna, 2)).to_be_visible()

    # Ben's tab renews itself once a minute while it is hidden: for Anna, not at all.
    anna.page.clock.fast_forward(45_000)
    carl = room.open("Carl Muster")
    expect(here(anna, 3)).to_be_visible()

    with carl.page.expect_websocket():
        carl.page.evaluate("dispatchEvent(new Event('offline'))")
    expect(here(carl, 3)).to_be_visible()
    expect(here(anna, 3)).to_be_visible()
    ben.page.close()
    expect(here(anna, 2)).to_be_visible()
