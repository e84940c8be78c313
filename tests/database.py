"""The test database: made as a copy, emptied between tests, dropped at the end."""

import contextlib
import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from tests.support.waiting import wait_for

# Filled by the migrations, and read by every test.
KEPT = ("django_migrations", "django_content_type", "auth_permission")

# The tests themselves, and whoever asks for rights in a live text.
MAY_KEEP_IT = re.compile(r"MainThread|doors_\d")

# Most tests write to few of the tables; emptying all of them takes longer than the test. Without
# triggers there is no order to keep, and what may only grow, like the log, ends with the test.
EMPTY_WHAT_WAS_WRITTEN = """
DO $$
DECLARE
    name text;
    written boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN
        SELECT quote_ident(relname) FROM pg_class
         WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
           AND relname NOT IN {kept}
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO written;
        IF written THEN
            EXECUTE 'DELETE FROM ' || name;
        END IF;
    END LOOP;
END $$
"""


def empty(self: TransactionTestCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTY_WHAT_WAS_WRITTEN.format(kept=KEPT))


TransactionTestCase._fixture_teardown = empty  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Migrating takes ten seconds of a processor, so it is done once for all and copied.

    The next run finds what was migrated, until a migration changes.
    """
    template = f"migrated_{fingerprint_of_migrations()}"
    with django_db_blocker.unblock(), maintenance() as execute:
        execute("SELECT pg_advisory_lock(1)")
        if not execute("SELECT FROM pg_database WHERE datname = %s", template):
            for (old,) in execute("SELECT datname FROM pg_database WHERE datname ~ '^migrated_'"):
                execute(f"DROP DATABASE {old}")
            migrate_into(f"{template}_draft", execute)
            execute(f"ALTER DATABASE {template}_draft RENAME TO {template}")
    connection.settings_dict["TEST"]["TEMPLATE"] = template


def fingerprint_of_migrations() -> str:
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def maintenance() -> Iterator[Callable[..., list[tuple[str]]]]:
    """Statements outside of any test's database, one after the other on one connection."""
    with connection._nodb_cursor() as cursor:

        def execute(statement: str, *values: str) -> list[tuple[str]]:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description is not None else []

        yield execute


def migrate_into(name: str, execute: Callable[..., list[tuple[str]]]) -> None:
    execute(f"DROP DATABASE IF EXISTS {name}")
    execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.close_pool()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The first test that counts queries counts as many as if another had been before it, and
    what a killed process has left open doesn't keep the database from being dropped."""
    with django_db_blocker.unblock():
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def taken() -> Iterator[list[tuple[threading.Thread, BaseDatabaseWrapper]]]:
    """Each thread that has taken a connection out of the pool, and what it keeps it in."""
    found: list[tuple[threading.Thread, BaseDatabaseWrapper]] = []

    def note(connection: BaseDatabaseWrapper, **_: object) -> None:
        found.append((threading.current_thread(), connection))

    connection_created.connect(note)
    yield found
    connection_created.disconnect(note)


@pytest.fixture(autouse=True)
def no_thread_keeps_its_connection(
    taken: list[tuple[threading.Thread, BaseDatabaseWrapper]],
) -> Iterator[None]:
    """Who ends without closing it takes it out of the pool, and later tests wait for theirs."""
    yield

    def keepers() -> set[str]:
        taken[:] = [(thread, wrapper) for thread, wrapper in taken if wrapper.connection]
        return {thread.name for thread, _ in taken if not MAY_KEEP_IT.match(thread.name)}

    try:
        wait_for(lambda: not keepers())
    except AssertionError:
        names = keepers()
        taken.clear()
        pytest.fail(f"these threads keep connections: {names}")
