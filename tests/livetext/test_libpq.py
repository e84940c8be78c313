"""The writer's own way to the database ends with an error when the database does."""

import asyncio

import psycopg
import pytest
from django.db import connection

from in4green.livetext.live.libpq import FastLink
from tests.support.loops import run

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
    while not await asyncio.to_thread(terminate, "live-test"):
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
