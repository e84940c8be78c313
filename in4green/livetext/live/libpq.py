"""The writer's connection: prepared statements by libpq's own asynchronous calls.

A driver's cursor costs several times what sending the statement does; with hundreds of small texts
that is most of what the process does. Only what the writer's statements need is here: integers and
bytes in, integers out, several statements in one transaction (libpq's pipeline mode: without a
turn of both processes for each), one transaction at a time.
"""

import asyncio
import struct
from asyncio import FIRST_COMPLETED
from collections.abc import Sequence

import psycopg
from psycopg import AsyncConnection, pq

from in4green.livetext.live.database import connect

INT8, INT4, BYTEA = 20, 23, 17  # type oids
_INTEGER = struct.Struct(">q")
_ARRAY = struct.Struct(">iiIii")  # dimensions, nulls, element type, length, lower bound
BINARY = 1
Question = tuple[str, Sequence[bytes]]  # a statement and its values


def integer(value: int) -> bytes:
    return _INTEGER.pack(value)


def array(values: Sequence[bytes], oid: int) -> bytes:
    """The elements as they are, each behind its length."""
    parts = [_ARRAY.pack(1, 0, oid, len(values), 1)]
    for value in values:
        parts += struct.pack(">i", len(value)), value
    return b"".join(parts)


def integers(values: Sequence[int]) -> bytes:
    return array([_INTEGER.pack(value) for value in values], INT8)


class FastLink:
    """Opened when it is needed; whatever breaks it closes it. Raises psycopg.OperationalError."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._connection: AsyncConnection[object] | None = None
        self._prepared: dict[str, bytes] = {}
        self._answer: asyncio.Future[None] | None = None
        self._results: list[pq.abc.PGresult] = []
        self._listening_to = -1  # libpq forgets its socket as soon as it is lost

    async def ask(self, statement: str, values: Sequence[bytes]) -> list[list[int]]:
        """The answer's integers; placeholders are ``$1`` and so on."""
        return await self.ask_together([(statement, values)])

    async def ask_together(self, questions: Sequence[Question]) -> list[list[int]]:
        """One after the other in one transaction, all or nothing. One call at a time."""
        try:
            server = await self._open()
            names = [await self._prepare(server, statement) for statement, _ in questions]
            for name, (_, values) in zip(names, questions, strict=True):
                formats = [BINARY] * len(values)
                server.send_query_prepared(
                    name, values, param_formats=formats, result_format=BINARY
                )
            await self._finish(server)
        except psycopg.errors.LockNotAvailable:
            raise
        except psycopg.Error:
            await self.close()
            raise
        return [row for result in self._results for row in _rows(result)]

    async def _prepare(self, server: pq.abc.PGconn, statement: str) -> bytes:
        if (name := self._prepared.get(statement)) is None:
            name = b"s%d" % len(self._prepared)
            server.send_prepare(name, statement.encode())
            await self._finish(server)
            self._prepared[statement] = name
        return name

    async def _open(self) -> pq.abc.PGconn:
        if self._connection is None:
            self._connection = await connect(self.name)
            server = self._connection.pgconn
            server.nonblocking = 1
            server.enter_pipeline_mode()
            self._listening_to = server.socket
            asyncio.get_running_loop().add_reader(self._listening_to, self._read, server)
        return self._connection.pgconn

    async def _finish(self, server: pq.abc.PGconn) -> None:
        """Send what waits, and return when all of it is committed. Raises psycopg.Error."""
        server.pipeline_sync()
        loop = asyncio.get_running_loop()
        self._results = []
        self._answer = loop.create_future()
        place = self._listening_to
        while server.flush():
            writable = loop.create_future()
            loop.add_writer(place, _resolve, writable)
            try:
                await asyncio.wait((writable, self._answer), return_when=FIRST_COMPLETED)
            finally:
                loop.remove_writer(place)
        await self._answer
        for result in self._results:
            if result.status == pq.ExecStatus.FATAL_ERROR:
                raise _error(result)

    def _read(self, server: pq.abc.PGconn) -> None:
        try:
            server.consume_input()
            committed = self._take_results(server)
        except psycopg.OperationalError as error:
            self._stop_listening()
            self._tell(error)
            return
        if committed:
            self._tell(None)

    def _take_results(self, server: pq.abc.PGconn) -> bool:
        """Whether the last of them has come: what statements answer counts only behind it."""
        statement_ended = False
        while not server.is_busy():
            result = server.get_result()
            if result is None and statement_ended:
                return False  # nothing was asked
            statement_ended = result is None
            if result is None:
                continue
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                return True
            self._results.append(result)
        return False

    def _tell(self, error: psycopg.Error | None) -> None:
        if self._answer is None or self._answer.done():
            return
        if error:
            self._answer.set_exception(error)
        else:
            self._answer.set_result(None)

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        self._prepared.clear()
        if connection is not None:
            self._stop_listening()
            await connection.close()

    def _stop_listening(self) -> None:
        """Before somebody else gets the number of the socket."""
        if self._listening_to >= 0:
            asyncio.get_running_loop().remove_reader(self._listening_to)
            self._listening_to = -1


def _resolve(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _rows(result: pq.abc.PGresult) -> list[list[int]]:
    return [
        [int.from_bytes(result.get_value(row, column) or b"", "big", signed=True)
         for column in range(result.nfields)]
        for row in range(result.ntuples)
    ]  # fmt: skip


def _error(result: pq.abc.PGresult) -> psycopg.Error:
    state = result.error_field(pq.DiagnosticField.SQLSTATE) or b"XX000"
    try:
        kind = psycopg.errors.lookup(state.decode())
    except KeyError:
        kind = psycopg.DatabaseError
    return kind(result.get_error_message())
