"""An installation counts as whole only where, when and for whom it was made."""

import json
from pathlib import Path

import pytest

from portal import bootstrap
from portal.bootstrap import SERVER_LOCK, TEST_LOCK

FOR_SERVER = [SERVER_LOCK, TEST_LOCK]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch) -> Path:
    """With a finished installation for the server."""
    for name in (SERVER_LOCK, TEST_LOCK):
        (tmp_path / name).write_text(f"uv==1.0 \\\n    --hash=sha256:00\n# {name}\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "portal.json")
    finish(SERVER_LOCK)
    return tmp_path


def finish(lock: str) -> None:
    stamp = {**bootstrap.place(), "lock": bootstrap.fingerprint(lock)}
    bootstrap.STAMP.write_text(json.dumps(stamp))


@pytest.mark.usefixtures("checkout")
def test_nothing_is_done_twice():
    assert bootstrap.install(tests=False) is False


@pytest.mark.usefixtures("checkout")
def test_the_server_is_not_enough_for_the_tests_but_the_tests_for_the_server():
    assert not bootstrap.is_installed([TEST_LOCK])

    finish(TEST_LOCK)

    assert bootstrap.is_installed([TEST_LOCK])
    assert bootstrap.is_installed(FOR_SERVER)


def test_a_changed_lock_is_installed_anew(checkout):
    (checkout / SERVER_LOCK).write_text("uv==2.0\n")

    assert not bootstrap.is_installed(FOR_SERVER)
    assert bootstrap.is_in_place()


@pytest.mark.parametrize("content", [None, "", "{", '{"folder": "/elsewhere"}'])
def test_an_interrupted_or_moved_installation_is_made_from_the_start(checkout, content):
    bootstrap.STAMP.unlink()
    if content is not None:
        bootstrap.STAMP.write_text(content)

    assert not bootstrap.is_in_place()


def test_an_installation_for_a_python_that_was_replaced_is_made_from_the_start(checkout):
    bootstrap.PYTHON.unlink()
    (checkout / "newer").touch()
    bootstrap.PYTHON.symlink_to(checkout / "newer")

    assert not bootstrap.is_in_place()


@pytest.mark.usefixtures("checkout")
def test_the_installer_is_the_one_of_the_lock_with_its_hashes():
    assert bootstrap.pinned("uv").read_text() == "uv==1.0 \\\n    --hash=sha256:00\n"
