"""From an empty database to the portal's, by the command of the image.

For `script/chaos`: the other tests of an installation begin with a copy of what was migrated.
"""

from pathlib import Path

import psycopg
import pytest

COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default
  FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""


@pytest.mark.chaos
def test_an_empty_database_gets_the_tables_of_the_portal(installation, tmp_path):
    url = Path(installation.environment["DATABASE_URL_FILE"]).read_text().strip()
    empty = url.removesuffix("/portal") + "/empty"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    (tmp_path / "url").write_text(empty)
    elsewhere = {**installation.environment, "DATABASE_URL_FILE": str(tmp_path / "url")}

    installation.manage("migrate", "--noinput", environment=elsewhere)

    for question in (COLUMNS, CONSTRAINTS):
        assert answers(empty, question) == answers(url, question)


def answers(url: str, question: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(question.encode()).fetchall()
    # The cache's table has a command of its own, which an empty database has not seen.
    return [row for row in rows if "cache" not in row[0]]
