import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.support.installation import Installation


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a row, so that one of the processes of tests meets them all, and sets up alone."""
    items.sort(key=lambda item: "installation" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[Installation]:
    """Set up as ``docker-compose.yml`` does it, with a web process that answers.

    Once for a process of tests, whose files come in any order. Migrations were applied for the
    tests already; to an empty database of an installation they are in ``test_migrating``.
    """
    installation = Installation(tmp_path_factory.mktemp("installation"))
    installation.start()
    try:
        installation.copy_tables(migrated())
        installation.manage("migrate", "--noinput")
        installation.manage("createcachetable")
        installation.manage("load_reference")
        installation.manage("collectstatic", "--noinput", "--verbosity", "0")
        installation.run("web")
        installation.wait_until_it_answers()
        yield installation
    finally:
        installation.stop()


def migrated() -> str:
    """Address of the database of which those of the tests are copies."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return address._replace(path=f"/{connection.settings_dict['TEST']['TEMPLATE']}").geturl()
