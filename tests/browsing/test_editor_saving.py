"""What is said to be saved is saved, and what isn't stays on the device until it is.

Each test has a live process of its own and waits as long as people would. `script/test` has one for
each way to lose text: no process, no room, a device of others, signed out; `script/chaos` the rest.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, WebSocket, expect

from in4green.livetext.services import begin_epoch
from tests.browser import axe
from tests.livetext.editing import Author, Room
from tests.livetext.live import Live, session_of
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

# What the device keeps: the bytes of each change that isn't acknowledged.
KEPT = """() => new Promise((resolve, reject) => {
    const opened = indexedDB.open("texts", 1);
    opened.onerror = () => reject(opened.error);
    opened.onsuccess = () => {
        const asked = opened.result.transaction("unsaved").objectStore("unsaved").getAll();
        asked.onsuccess = () => resolve(asked.result.length);
    };
})"""
# As a browser says that a page is back: on the document, or on its window.
WAKE = """name => (name === "visibilitychange" ? document : window).dispatchEvent(
    name === "pageshow" ? new PageTransitionEvent(name, {persisted: true}) : new Event(name))"""


@pytest.fixture
def room_live(own_room_live: Live) -> Live:
    """Killed, frozen and begun anew here."""
    return own_room_live


def state(author: Author, name: str) -> None:
    expect(author.state).to_have_attribute("data-state", name, timeout=20_000)


def keeps(page: Page) -> int:
    number: int = page.evaluate(KEPT)
    return number


def kill(room: Room) -> int:
    """The plug is pulled; the port at which the process will be again."""
    room.live.process.kill()
    return room.live.port


def test_the_plug_is_pulled_and_nothing_is_lost(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Vorher. ")
    anna.is_saved()
    expect(anna.state).to_have_text(re.compile(_("Saved {time}").format(time=r"\d\d:\d\d")))

    port = kill(room)
    state(anna, "offline")
    anna.type("Währenddessen. ")
    ben.type("Auch Ben. ")
    state(anna, "kept")
    expect(anna.state).to_have_text(_("Not saved yet, kept on this device"))
    expect(anna.page.locator("[data-announce=state]")).to_have_text(
        _("Not saved yet, kept on this device")
    )
    axe(anna.page)

    room.live.start(port)
    for author in (anna, ben):
        author.is_saved()
        author.sees("Vorher. ")
        author.sees("Währenddessen. ")
        author.sees("Auch Ben. ")
    assert keeps(anna.page) == 0
    assert anna.content() == ben.content()


@pytest.mark.chaos
def test_a_reload_with_unsaved_text_brings_it_back(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Gespeichert. ")
    anna.is_saved()
    port = kill(room)
    anna.type("Noch nicht gespeichert.")
    state(anna, "kept")
    asked: list[str] = []
    anna.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    anna.page.reload()
    assert asked == ["beforeunload"]
    state(anna, "kept")
    room.live.start(port)
    anna.sees("Gespeichert. Noch nicht gespeichert.")
    anna.is_saved()

    ben = room.open("Ben Beispiel")
    ben.sees("Gespeichert. Noch nicht gespeichert.")
    assert keeps(anna.page) == 0
    anna.page.reload()
    anna.sees("Noch nicht gespeichert.")
    assert asked == ["beforeunload"]


@pytest.mark.chaos
def test_an_office_that_refuses_sockets_gets_the_same_text(room: Room, spawn) -> None:
    port = kill(room)
    program = ("-m", "uvicorn", "in4green.asgi:application", "--port", str(port), "--ws", "none")
    spawn(*program).wait_for_output("Uvicorn running")
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")

    anna.type("Ohne Socket. ")
    ben.sees("Ohne Socket. ")
    ben.type("Geht auch.")
    anna.sees("Ohne Socket. Geht auch.")
    anna.is_saved()
    ben.is_saved()


@pytest.mark.chaos
def test_what_is_too_large_for_a_socket_is_saved_all_the_same(room: Room) -> None:
    """A single block, which no part of a change could end in."""
    anna = room.open("Anna Beispiel")
    posts: list[str] = []
    anna.page.on("request", lambda asked: asked.method == "POST" and posts.append(asked.url))
    anna.focus()
    items = "".join(f"<li>{number} {'viele Worte ' * 20}</li>" for number in range(1000))
    anna.paste(html=f"<ul>{items}</ul>")
    anna.sees("999 viele Worte")
    state(anna, "saved")
    assert posts

    ben = room.open("Ben Beispiel")
    ben.sees("999 viele Worte")
    ben.type("Und weiter.")
    anna.sees("Und weiter.")
    assert anna.content() == ben.content()


@pytest.mark.chaos
def test_a_replaced_text_is_never_merged_and_what_was_unsaved_can_be_copied(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Alter Stand. ")
    anna.is_saved()
    port = kill(room)
    anna.type("Das fehlt noch.")
    state(anna, "kept")
    begin_epoch(room.note.text)
    room.live.start(port)

    alert = anna.is_told(_("This text was replaced by another state"))
    expect(alert.locator("[data-unsaved]")).to_have_text("Das fehlt noch.")
    expect(anna.text).to_have_attribute("contenteditable", "false")
    axe(anna.page)
    alert.get_by_role("button", name=_("Copy my text")).click()
    anna.page.context.grant_permissions(["clipboard-read"])
    assert anna.page.evaluate("navigator.clipboard.readText()") == "Das fehlt noch."
    with anna.page.expect_download() as download:
        alert.get_by_role("button", name=_("Download my text")).click()
    assert download.value.path().read_text() == "Das fehlt noch."

    # Whoever reloads instead of choosing is asked again, beside the text as it is now.
    anna.page.on("dialog", lambda dialog: dialog.accept())
    anna.page.reload()
    anna.is_told("Das fehlt noch.")
    anna.sees("Alter Stand.")
    expect(anna.text).not_to_contain_text("Das fehlt noch.")
    expect(anna.text).to_have_attribute("contenteditable", "true")
    alert.get_by_role("button", name=_("Discard my text and open the common one")).click()
    anna.sees("Alter Stand.")
    expect(alert).to_have_count(0)
    assert keeps(anna.page) == 0


@pytest.mark.chaos
def test_a_session_that_ends_while_typing_costs_no_letter(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Angemeldet. ")
    anna.is_saved()
    port = kill(room)
    Session.objects.all().delete()
    anna.type("Abgemeldet. ")
    for _line in range(40):
        anna.page.keyboard.press("Enter")
    room.live.start(port)

    alert = anna.is_told(_("You are signed out"))
    expect(alert).to_be_in_viewport()
    expect(anna.state).to_have_text(_("Can't be saved"))
    anna.signs_in(session_of(anna.user))
    alert.get_by_role("button", name=_("Connect again")).click()
    anna.is_saved()
    anna.sees("Angemeldet. Abgemeldet. ")
    expect(alert).to_have_count(0)


def test_whoever_signs_out_elsewhere_is_told_at_once_and_not_connected_again(room: Room) -> None:
    anna = room.author("Anna Beispiel")
    anna.page.clock.install()
    sockets: list[WebSocket] = []
    anna.page.on("websocket", lambda opened: sockets.append(opened))
    anna.open()
    anna.type("Da.")
    anna.is_saved()
    Session.objects.all().delete()

    alert = anna.is_told(_("You are signed out"))
    expect(anna.state).to_have_text(_("Not connected"))
    # Whatever wakes a link, and whatever waits for its time.
    for event in ("online", "pageshow", "visibilitychange"):
        anna.page.evaluate(WAKE, event)
    anna.page.clock.run_for(60_000)
    assert len(sockets) == 1

    with anna.page.expect_websocket():
        alert.get_by_role("button", name=_("Connect again")).click()
    assert len(sockets) == 2


def test_signing_out_leaves_nothing_unsaved_on_the_device(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Gespeichert. ")
    anna.is_saved()
    kill(room)
    anna.type("Geheim.")
    state(anna, "kept")
    wait_for(lambda: keeps(anna.page) > 0)
    desk = anna.page.context.new_page()
    desk.goto(reverse("member:home"))
    anna.page.close()

    desk.locator("nav.nav-wide").get_by_role("button", name=_("Sign out")).click()
    expect(desk.get_by_role("link", name=_("Sign in"))).to_be_visible()
    assert desk.evaluate("indexedDB.databases().then(all => all.length)") == 0


@pytest.mark.chaos
@pytest.mark.parametrize("ways", [(), ("--ws", "none")], ids=["by socket", "by POST"])
def test_another_person_on_the_same_browser_never_sends_what_the_first_one_typed(
    room: Room, ways: tuple[str, ...]
) -> None:
    anna, ben = room.open("Anna Beispiel"), room.member("Ben Beispiel")
    anna.type("Anna war hier. ")
    anna.is_saved()
    port = kill(room)
    anna.type("Nur Anna.")
    state(anna, "kept")
    anna.signs_in(session_of(ben))
    room.live.start(port, options=ways)
    anna.is_told(_("Somebody else has signed in on this device"))

    anna.page.on("dialog", lambda dialog: dialog.accept())
    anna.page.reload()
    anna.sees("Anna war hier.")
    expect(anna.text).not_to_contain_text("Nur Anna.")
    anna.type("Ben auch.")
    anna.is_saved()
    carl = room.open("Carl Muster")
    carl.sees("Anna war hier. Ben auch.")


@pytest.mark.chaos
def test_a_renewed_portal_asks_an_old_page_to_open_the_text_again(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Alt.")
    anna.is_saved()
    port = kill(room)
    room.live.start(port, program="tests.livetext.newer:application")

    alert = anna.is_told(_("The portal has been renewed"))
    expect(anna.text).to_have_attribute("contenteditable", "false")
    expect(alert.get_by_role("button", name=_("Open the text again"))).to_be_visible()


def test_on_a_shared_device_nothing_is_kept_and_writing_stops_after_half_a_minute(
    room: Room,
) -> None:
    anna = room.author("Anna Beispiel")
    anna.page.clock.install()
    anna.open("?loose")
    anna.type("Sicher. ")
    anna.is_saved()
    port = kill(room)
    anna.type("Unsicher. ")
    state(anna, "loose")
    expect(anna.state).to_have_text(_("Not saved yet: leave this page open"))

    anna.page.clock.run_for(31_000)
    state(anna, "stopped")
    expect(anna.text).to_have_attribute("contenteditable", "false")
    assert anna.page.evaluate("indexedDB.databases().then(all => all.length)") == 0

    room.live.start(port)
    anna.page.clock.run_for(25_000)
    anna.is_saved()
    expect(anna.text).to_have_attribute("contenteditable", "true")
    anna.sees("Sicher. Unsicher. ")


def test_a_device_without_room_is_not_said_to_keep_anything(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Da. ")
    anna.is_saved()
    full = {"origin": room.site, "quotaSize": 1}
    anna.page.context.new_cdp_session(anna.page).send("Storage.overrideQuotaForOrigin", full)
    port = kill(room)
    anna.type("Kein Platz dafür. ")
    state(anna, "loose")
    assert keeps(anna.page) == 0

    room.live.start(port)
    anna.is_saved()
    anna.sees("Da. Kein Platz dafür. ")


@pytest.mark.chaos
def test_a_network_that_is_away_is_noticed_and_its_return_too(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Da. ")
    anna.is_saved()
    anna.page.context.set_offline(True)
    state(anna, "offline")
    anna.type("Im Tunnel. ")
    state(anna, "kept")

    anna.page.context.set_offline(False)
    anna.is_saved()
    ben.sees("Da. Im Tunnel. ")


def test_a_browser_that_says_it_is_offline_is_believed_before_the_link_breaks(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.type("Da.")
    anna.is_saved()
    seen = anna.state.evaluate_handle(
        """line => {
            const seen = [];
            new MutationObserver(() => seen.push(line.dataset.state))
                .observe(line, {attributeFilter: ["data-state"]});
            return seen;
        }"""
    )
    anna.page.evaluate("dispatchEvent(new Event('offline'))")
    wait_for(lambda: seen.evaluate("seen => seen.join()") == "offline,saved", timeout=25)


@pytest.mark.chaos
def test_a_link_that_is_dead_but_open_is_noticed_within_twenty_seconds(room: Room) -> None:
    anna = room.author("Anna Beispiel")
    anna.page.clock.install()
    anna.open()
    anna.type("Da. ")
    anna.is_saved()
    room.live.process.freeze()
    anna.page.clock.run_for(20_000)
    expect(anna.state).to_have_attribute("data-state", "offline")

    room.live.process.thaw()
    anna.page.clock.run_for(20_000)
    anna.type("Wieder da.")
    anna.page.clock.run_for(1_000)
    anna.is_saved()


@pytest.mark.chaos
def test_a_tab_that_wakes_up_notices_a_dead_link_within_five_seconds(room: Room) -> None:
    anna, ben = room.author("Anna Beispiel"), room.open("Ben Beispiel")
    anna.page.clock.install()
    anna.open()
    for event in ("visibilitychange", "pageshow"):
        anna.type(f"Vor {event}. ")
        anna.is_saved()
        ben.sees(f"Vor {event}. ")
        room.live.process.freeze()
        # Hours of sleep: each timer that was due rings once.
        anna.page.clock.fast_forward("08:00:00")
        anna.page.evaluate(WAKE, event)
        anna.page.clock.run_for(5_100)
        expect(anna.state).to_have_attribute("data-state", "offline")
        anna.type(f"Nach {event}. ")

        room.live.process.thaw()
        anna.page.clock.run_for(20_000)
        anna.is_saved()
        ben.sees(f"Nach {event}. ")
    assert anna.content() == ben.content()
