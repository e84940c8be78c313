"""The commit has the last word, whatever a process still believes when it sends an update."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from groups.models import Membership
from in4green.livetext.live.app import LiveText as Process
from in4green.livetext.live.doors import TurnedAway, Visitor, in_thread
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.polling import PollingPeer
from in4green.livetext.live.room import Room
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.livetext.live import session_of
from tests.livetext.people import editor_of
from tests.livetext.updates import sentence
from tests.support.loops import run

pytestmark = pytest.mark.django_db(transaction=True)

Change = Callable[[LiveText], object]


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


async def sit_down(engine: Engine, text: LiveText, session: str = "") -> tuple[Room, PollingPeer]:
    user = await in_thread(editor_of, text.note.group)
    peer = PollingPeer(Visitor(user.pk, user.name, session), Access.WRITE, backlog_limit=10**6)
    room = await engine.open(text.pk, text.epoch)
    assert room
    room.enter(peer)
    return room, peer


def end_rights(text: LiveText) -> None:
    """As another process would, of whose message we haven't heard."""
    Membership.objects.filter(group=text.note.group).delete()
    LiveText.objects.filter(pk=text.pk).update(perm_version=F("perm_version") + 1)


def begin_anew(text: LiveText) -> None:
    LiveText.objects.filter(pk=text.pk).update(epoch=F("epoch") + 1)


def put_away(text: LiveText) -> None:
    LiveText.objects.filter(pk=text.pk).update(quarantined_at=timezone.now())


def is_answered(peer: PollingPeer) -> bool:
    refused = any(b'"refused"' in frame for frame in peer.frames)
    return bool(peer.acked or peer.closed or refused)


async def send_after(change: Change, text: LiveText, *, people: int, trouble: int) -> list[int]:
    """What is acknowledged of what they send together, once the text has changed under its room."""
    engine = Engine()
    seated = [await sit_down(engine, text) for _ in range(people)]
    await in_thread(change, text)
    for client, (room, peer) in enumerate(seated, 1):
        room.trouble = trouble
        room.receive(peer, sentence(client=client))
    writing = engine.later(engine.writer.run())
    await until(lambda: all(is_answered(peer) for _, peer in seated))
    writing.cancel()
    await engine.stop()
    return [peer.acked for _, peer in seated]


WAYS = {"alone": (1, 0), "with somebody else": (2, 0), "after one that failed": (1, 1)}


@pytest.mark.parametrize(("people", "trouble"), WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("change", [end_rights, begin_anew, put_away])
def test_what_has_changed_meanwhile_is_seen_by_the_commit(
    change: Change, people: int, trouble: int
) -> None:
    text = NoteFactory().text

    assert run(send_after(change, text, people=people, trouble=trouble)) == [0] * people
    assert text.updates.count() == 0


async def send_twice(text: LiveText) -> tuple[int, int]:
    """What is acknowledged before and after the commit."""
    engine = Engine()
    room, peer = await sit_down(engine, text)
    for _ in range(2):
        room.receive(peer, sentence())
    before = peer.acked
    writing = engine.later(engine.writer.run())
    await until(lambda: peer.acked)
    writing.cancel()
    await engine.stop()
    return before, peer.acked


def test_what_comes_again_while_it_is_on_its_way_is_not_acknowledged_sooner():
    text = NoteFactory().text

    assert run(send_twice(text)) == (0, 2)
    assert text.updates.count() == 1


async def send_and_sign_out(text: LiveText) -> int:
    engine = Engine()
    room, peer = await sit_down(engine, text, session="somebody")
    engine.heal(room)  # until the database has been asked, what comes waits
    room.receive(peer, sentence())
    engine.end_session(peer.visitor.session)
    writing = engine.later(engine.writer.run())
    await until(lambda: room.offers is None and not room.in_flight)
    writing.cancel()
    await engine.stop()
    return peer.acked


def test_what_waits_when_its_session_ends_is_not_written():
    text = NoteFactory().text

    assert run(send_and_sign_out(text)) == 0
    assert text.updates.count() == 0


async def lose_the_right_at_the_door(text: LiveText, cookie: str) -> Any:
    """After it was asked for, and before there is a seat to be sent away from."""
    process = Process()
    opening = process.engine._loading.setdefault(text.pk, asyncio.Lock())
    async with opening:
        coming = process.engine.later(process.admit({"cookie": cookie}, text.pk, text.epoch))
        await until(lambda: opening._waiters)
        await in_thread(end_rights, text)
        process.engine.rights_heard += 1
    try:
        return await coming
    finally:
        await process.engine.stop()


def test_who_loses_the_right_at_the_door_does_not_come_in(settings):
    text = NoteFactory().text
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(editor_of(text.note.group))}"

    with pytest.raises(TurnedAway) as refused:
        run(lose_the_right_at_the_door(text, cookie))
    assert refused.value.code == Close.UNKNOWN
