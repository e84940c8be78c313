"""Django's cache in PostgreSQL, with JSON instead of pickle and a count that is atomic.

``manage.py createcachetable`` makes the table, as for Django's own database cache.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection


class PostgresCache(BaseDatabaseCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = self._query(
            "SELECT value FROM {table} WHERE cache_key = %s AND expires > now()", key, version
        )
        return json.loads(row[0]) if row else default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._query(
            "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s)"
            " ON CONFLICT (cache_key) DO UPDATE"
            " SET value = excluded.value, expires = excluded.expires RETURNING 1",
            key, version, json.dumps(value), self._expires(timeout),
        )  # fmt: skip

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        row = self._query(
            "INSERT INTO {table} AS t (cache_key, value, expires) VALUES (%s, %s, %s)"
            " ON CONFLICT (cache_key) DO UPDATE"
            " SET value = excluded.value, expires = excluded.expires"
            " WHERE t.expires <= now() RETURNING 1",
            key, version, json.dumps(value), self._expires(timeout),
        )  # fmt: skip
        return row is not None

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        row = self._query(
            "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires > now() RETURNING 1",
            key, version, first=[self._expires(timeout)],
        )  # fmt: skip
        return row is not None

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that is not there, as Django's own caches do."""
        row = self._query(
            "UPDATE {table} SET value = (value::bigint + %s)::text"
            " WHERE cache_key = %s AND expires > now() RETURNING value",
            key, version, first=[delta],
        )  # fmt: skip
        if row is None:
            raise ValueError(f"Key {key!r} not found")
        return int(row[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        return (
            self._query("DELETE FROM {table} WHERE cache_key = %s RETURNING 1", key, version)
            is not None
        )

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self.get(key, version=version) is not None

    def clear(self) -> None:
        self._delete("DELETE FROM {table}")

    def delete_expired(self) -> int:
        """Called by beat: nobody else empties the table. Returns how many entries went."""
        return self._delete("DELETE FROM {table} WHERE expires <= now()")

    def _delete(self, sql: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=self._table_name()))
            return cursor.rowcount

    def _query(self, sql: str, key: str, version: int | None, *rest: Any, first: Any = ()) -> Any:
        full_key = self.make_and_validate_key(key, version=version)
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=self._table_name()), [*first, full_key, *rest])
            return cursor.fetchone()

    def _table_name(self) -> str:
        return connection.ops.quote_name(self._table)  # type: ignore[attr-defined]

    def _expires(self, timeout: Any) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return (
            datetime.max.replace(tzinfo=UTC)
            if seconds is None
            else datetime.fromtimestamp(seconds, UTC)
        )
