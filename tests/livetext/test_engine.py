"""What the process asks of the database while people come and go."""

import asyncio
from typing import Any

import pytest
from django.db import connection, transaction

from in4green.livetext.live import engine as module
from in4green.livetext.live.doors import Visitor, in_thread
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.polling import PollingPeer
from in4green.livetext.owners import Access
from in4green.livetext.services import begin_epoch
from in4green.livetext.wire import Close
from tests.factories import NoteFactory, UserFactory
from tests.livetext.people import editor_of
from tests.support.loops import beside, run

pytestmark = pytest.mark.django_db(transaction=True)


def visitor_of(user: Any) -> Visitor:
    return Visitor(user.pk, user.name, "")


async def check_while_somebody_comes(
    text: Any, present: Visitor, newcomer: Visitor
) -> tuple[PollingPeer, PollingPeer]:
    engine = Engine()
    room = await engine.open(text.pk, text.epoch)
    assert room
    here, comes = (
        PollingPeer(visitor, Access.WRITE, backlog_limit=1000) for visitor in (present, newcomer)
    )
    room.enter(here)
    checking = asyncio.ensure_future(engine.recheck(room))
    await asyncio.sleep(0)  # it has asked the database, and waits
    room.enter(comes)
    await checking
    await engine.reader.close()
    return here, comes


def test_a_check_of_rights_leaves_alone_who_comes_in_meanwhile():
    note = NoteFactory()
    here, comes = run(
        check_while_somebody_comes(
            note.text, visitor_of(editor_of(note.group)), visitor_of(editor_of(note.group))
        )
    )

    assert (here.closed, comes.closed) == (None, None)
    assert (here.access, comes.access) == (Access.WRITE, Access.WRITE)


def test_a_check_of_rights_also_finds_who_comes_in_meanwhile_without_any():
    note = NoteFactory()
    here, comes = run(
        check_while_somebody_comes(
            note.text, visitor_of(editor_of(note.group)), visitor_of(UserFactory())
        )
    )

    assert here.closed is None
    assert comes.closed == Close.RIGHT_ENDED


async def look_at_heads_while_a_text_is_opened(first: Any, second: Any) -> tuple[bool, int | None]:
    """Whether the second text's room is still the one people find, and what became of its peer."""
    engine = Engine()
    await engine.open(first.pk, first.epoch)
    room = await engine.open(second.pk, second.epoch)
    assert room
    peer = PollingPeer(visitor_of(UserFactory.build(pk=1)), Access.WRITE, backlog_limit=1000)
    del engine.rooms[second.pk]
    looking = asyncio.ensure_future(engine.look_at_heads())
    await asyncio.sleep(0)  # it has asked the database for the first text, and waits
    engine.rooms[second.pk] = room
    room.enter(peer)
    await looking
    await engine.reader.close()
    return engine.rooms.get(second.pk) is room, peer.closed


def test_a_text_that_is_opened_while_heads_are_looked_at_stays_open():
    """Dropped, it would live on apart from the room that the next people open."""
    first, second = NoteFactory().text, NoteFactory().text

    assert run(look_at_heads_while_a_text_is_opened(first, second)) == (True, None)


async def open_in_a_new_epoch(text: Any) -> int | None:
    engine = Engine()
    old = await engine.open(text.pk, text.epoch)
    assert old
    peer = PollingPeer(visitor_of(UserFactory.build(pk=1)), Access.WRITE, backlog_limit=1000)
    old.enter(peer)
    await in_thread(begin_epoch, text)
    new = await engine.open(text.pk, text.epoch + 1)
    await engine.reader.close()
    assert new is not old
    return peer.closed


def test_who_opens_a_text_in_its_new_epoch_ends_the_old_one_for_all():
    assert run(open_in_a_new_epoch(NoteFactory().text)) == Close.OTHER_EPOCH


def live_connections() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE application_name LIKE 'live-%' AND datname = current_database()"
        )
        return {name for (name,) in cursor.fetchall()}


async def start_and_stop() -> set[str]:
    engine = Engine()
    await engine.start()
    found = await beside(live_connections)
    await engine.stop()
    return found


def test_its_connections_are_there_before_anybody_comes():
    assert {"live-reader", "live-writer", "live-claims"} <= run(start_and_stop())


def test_it_starts_while_the_database_does_not_answer(monkeypatch):
    monkeypatch.setattr(module, "LONGEST_WARM_UP", 0.2)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE django_session")
        run(start_and_stop())
