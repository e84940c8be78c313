"""The backup of docs/operations.md, restored into an empty database and compared."""

import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from portal import postgres
from portal.paths import ROOT

TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


def contents(url):
    """Every table with a fingerprint of all its rows."""
    fingerprint = sql.SQL(
        "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
    )
    with psycopg.connect(url) as connection:
        names = sorted(name for (name,) in connection.execute(TABLES))
        return {
            name: connection.execute(fingerprint.format(sql.Identifier(name))).fetchone()
            for name in names
        }


def documented(program):
    """The options that the page for operators gives to a program, without the connection's."""
    page = (ROOT / "docs" / "operations.md").read_text()
    [line] = [line for line in page.splitlines() if f" {program} " in line and "compose" in line]
    words = line.split(f" {program} ")[1].split(" < ")[0].split(" > ")[0].split()
    return [word for word in words if not word.startswith(("--username", "--dbname"))]


@pytest.mark.chaos
def test_a_restored_backup_holds_every_row(installation, tmp_path):
    programs = postgres.find_programs()
    url = Path(installation.environment["DATABASE_URL_FILE"]).read_text().strip()
    elsewhere = url.removesuffix("/portal") + "/restored"
    dump = tmp_path / "portal.dump"
    with dump.open("wb") as file:
        subprocess.run([programs / "pg_dump", *documented("pg_dump"), url], stdout=file, check=True)
    before = contents(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE restored")

    with dump.open("rb") as file:
        restore = [programs / "pg_restore", *documented("pg_restore"), f"--dbname={elsewhere}"]
        subprocess.run(restore, stdin=file, check=True)

    assert contents(elsewhere) == before
    assert before["groups_city"][0] == 10
    (tmp_path / "url").write_text(elsewhere)
    installation.environment["DATABASE_URL_FILE"] = str(tmp_path / "url")
    try:
        installation.manage("migrate", "--check")
        installation.manage("begin_epochs")
        installation.manage("verify_audit")
        installation.manage("verify_texts")
    finally:
        installation.environment["DATABASE_URL_FILE"] = str(installation.folder / "database_url")
