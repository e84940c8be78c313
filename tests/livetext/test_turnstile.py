"""Coming in at the same time, and a connection that breaks between two visits."""

import asyncio
import threading
from typing import Any

import psycopg
import pytest
from django.db import connection

from in4green.livetext.live.doors import Asked, TurnedAway, Visited, in_thread
from in4green.livetext.live.turnstile import Turnstile
from in4green.livetext.owners import Access
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.livetext.live import session_of
from tests.livetext.people import editor_of
from tests.support.loops import run

pytestmark = pytest.mark.django_db(transaction=True)


def backend(together: threading.Barrier | None = None) -> int:
    if together:
        together.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
        return found


def end(pids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) pid", [pids])


async def pass_at_once(asked: list[Asked]) -> list[Any]:
    turnstile = Turnstile()
    waiting = [asyncio.ensure_future(turnstile.pass_through(each)) for each in asked]
    await asyncio.sleep(0)
    waiting[1].cancel()  # somebody who doesn't wait for the answer
    answers: list[Any] = await asyncio.gather(*waiting, return_exceptions=True)
    again: Visited = await turnstile.pass_through(asked[0])
    return [*answers, again]


def test_many_come_at_once_and_one_more_later():
    note = NoteFactory()
    people = [editor_of(note.group) for _ in range(60)]  # more than are asked for together
    asked = [Asked(session_of(person), note.text.pk, note.text.epoch) for person in people]

    *answers, stranger, again = run(pass_at_once([*asked, Asked("", note.text.pk, 1)]))

    assert isinstance(answers.pop(1), asyncio.CancelledError)
    del people[1]
    assert [(who.user_id, granted) for who, granted in answers] == [
        (person.pk, Access.WRITE) for person in people
    ]
    assert isinstance(stranger, TurnedAway)
    assert stranger.code == Close.SIGNED_OUT
    assert again[0].user_id == people[0].pk


async def both_backends() -> list[int]:
    together = threading.Barrier(2)
    return await asyncio.gather(*(in_thread(backend, together) for _ in range(2)))


def test_a_connection_that_broke_meanwhile_turns_nobody_away():
    before = run(both_backends())
    end(before)

    assert run(in_thread(backend)) not in before


def test_while_the_database_is_away_it_is_said_so():
    with pytest.raises(psycopg.OperationalError):
        run(in_thread(end_mine))


def end_mine() -> None:
    end([backend()])
