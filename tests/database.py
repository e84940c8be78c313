"""The test database between tests, and at the end."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

# Filled by the migrations, and read by every test.
KEPT = ("django_migrations", "django_content_type", "auth_permission")

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
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a killed process has left open doesn't keep the database from being dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
