"""What the process asks of the database while people come and go."""

import asyncio
from typing import Any

import pytest

from in4green.livetext.live.doors import Visitor
from in4green.livetext.live.engine import Engine
from in4green.livetext.live.polling import PollingPeer
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close
from tests.factories import NoteFactory, UserFactory
from tests.livetext.people import editor_of

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
    here, comes = asyncio.run(
        check_while_somebody_comes(
            note.text, visitor_of(editor_of(note.group)), visitor_of(editor_of(note.group))
        )
    )

    assert (here.closed, comes.closed) == (None, None)
    assert (here.access, comes.access) == (Access.WRITE, Access.WRITE)


def test_a_check_of_rights_also_finds_who_comes_in_meanwhile_without_any():
    note = NoteFactory()
    here, comes = asyncio.run(
        check_while_somebody_comes(
            note.text, visitor_of(editor_of(note.group)), visitor_of(UserFactory())
        )
    )

    assert here.closed is None
    assert comes.closed == Close.RIGHT_ENDED
