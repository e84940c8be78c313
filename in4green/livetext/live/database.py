"""Connections of the live process to PostgreSQL: asynchronous, and replaced when they break."""

import asyncio
from typing import Any

import psycopg
from django.db import connection
from psycopg import AsyncConnection

LOCK_TIMEOUT = "100ms"  # nobody's text waits longer for somebody else's


class Link:
    """One connection that is opened when it is needed; whatever breaks it closes it.

    Raises psycopg.OperationalError while the database is away.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._connection: AsyncConnection[Any] | None = None
        self._opening = asyncio.Lock()

    async def open(self) -> AsyncConnection[Any]:
        async with self._opening:
            return await self._connect()

    async def _connect(self) -> AsyncConnection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(self.name)
        return self._connection

    async def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        link = await self.open()
        try:
            cursor = await link.execute(statement, values, prepare=True, binary=True)
            return await cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError as error:
            if not isinstance(error, psycopg.errors.LockNotAvailable):
                await self.close()
            raise

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


async def connect(name: str) -> AsyncConnection[Any]:
    return await AsyncConnection.connect(
        **parameters(),
        autocommit=True,
        prepare_threshold=1,
        application_name=f"live-{name}",
        # Which values they have changes no plan of ours: arrays would be planned for each time.
        options=f"-c lock_timeout={LOCK_TIMEOUT} -c plan_cache_mode=force_generic_plan",
    )


def parameters() -> dict[str, Any]:
    """Django's, without what belongs to its pool and its cursors."""
    known = connection.get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname", "connect_timeout", "sslmode")
    return {name: known[name] for name in wanted if known.get(name) is not None}
