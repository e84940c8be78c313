"""The writer's own way to the database ends with an error when the database does."""

import asyncio

import psycopg
import pytest
from django.db import connection

from in4green.livetext.live.libpq import FastLink, Question, integer
from tests.factories import NoteFactory, UserFactory
from tests.support.loops import beside, run

pytestmark = pytest.mark.django_db(transaction=True)


def terminate(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND state = 'active' AND wait_event = 'PgSleep'",
            [name],
        )
        return cursor.fetchone() is not None


async def ask_until_cut() -> tuple[bool, list[list[int]]]:
    link = FastLink("test")
    asking = asyncio.ensure_future(link.ask("SELECT 1 FROM pg_sleep(60)", []))
    while not await beside(terminate, "live-test"):
        await asyncio.sleep(0.01)
    cut = False
    try:
        await asyncio.wait_for(asking, 5)
    except psycopg.OperationalError:
        cut = True
    answer = await link.ask("SELECT 7::bigint", [])
    await link.close()
    return cut, answer


def test_a_connection_that_is_cut_while_it_waits_is_replaced():
    assert run(ask_until_cut()) == (True, [[7]])


async def ask_together(questions: list[Question]) -> tuple[list[list[int]] | None, list[list[int]]]:
    """None where nothing was committed; then whether one can go on."""
    link = FastLink("test")
    try:
        answer = await link.ask_together(questions)
    except psycopg.IntegrityError:
        answer = None
    again = await link.ask("SELECT 7::bigint", [])
    await link.close()
    return answer, again


def claim(text_id: int, user_id: int) -> Question:
    statement = """
    INSERT INTO livetext_textclient (text_id, epoch, client_id, user_id)
    VALUES ($1::bigint, 1, 1, $2::bigint) RETURNING text_id
    """
    return statement, [integer(text_id), integer(user_id)]


def test_several_statements_are_one_transaction():
    user, text, other = UserFactory(), NoteFactory().text, NoteFactory().text

    first = run(ask_together([claim(text.pk, user.pk), claim(other.pk, user.pk)]))
    other.clients.all().delete()
    second = run(ask_together([claim(other.pk, user.pk), claim(text.pk, user.pk)]))  # twice

    assert first == ([[text.pk], [other.pk]], [[7]])
    assert second == (None, [[7]])
    assert (text.clients.count(), other.clients.count()) == (1, 0)


def test_what_only_the_commit_refuses_is_not_taken_for_committed():
    user, text = (
        UserFactory(),
        NoteFactory().text,
    )  # who has written what is looked at by the commit

    assert run(ask_together([claim(text.pk, user.pk + 1)])) == (None, [[7]])
