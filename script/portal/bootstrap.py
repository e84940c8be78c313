"""The virtual environment: there, whole, and exactly what a lock says."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path

from portal import locking
from portal.paths import CACHE, PYTHON, ROOT, RUN, VENV, make_private
from portal.steps import step
from portal.tools import Command, run

SERVER_LOCK = "requirements-dev.txt"
TEST_LOCK = "requirements-test.txt"
STAMP = VENV / "portal.json"


def install(*, tests: bool) -> bool:
    """Makes what is missing; whether anything was.

    The stamp is written last and removed first, so what was interrupted is made anew.
    """
    enough = [TEST_LOCK] if tests else [SERVER_LOCK, TEST_LOCK]
    if is_installed(enough):
        return False
    with locking.waiting(RUN / "setup.lock", "another installation in this checkout"):
        if is_installed(enough):
            return True
        if not is_in_place():
            make_venv()
        STAMP.unlink(missing_ok=True)
        sync(enough[0])
        STAMP.write_text(json.dumps({**place(), "lock": fingerprint(enough[0])}))
        return True


def is_installed(enough: list[str]) -> bool:
    return is_in_place() and stamp()["lock"] in map(fingerprint, enough)


def place() -> dict[str, str]:
    """Programs in a venv name the folder they were made in, its packages belong to one Python."""
    return {"folder": str(VENV), "python": os.path.realpath(PYTHON)}


def is_in_place() -> bool:
    return PYTHON.exists() and place().items() <= stamp().items()


def stamp() -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        content: dict[str, str] = json.loads(STAMP.read_text())
        return content
    return {}


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make_venv() -> None:
    version = ".".join(map(str, sys.version_info[:3]))
    with step(f"Virtual environment with Python {version}"):
        if VENV.exists():
            shutil.rmtree(VENV)
        # Not the one of an activated .venv, which was just removed.
        python = getattr(sys, "_base_executable", sys.executable)
        run([python, "-m", "venv", VENV], what="The virtual environment")
        pip: Command = [PYTHON, "-m", "pip", "install", "--retries=1"]
        options = ["--no-deps", "--require-hashes", "--only-binary=:all:"]
        run([*pip, *options, "-r", pinned("uv")], what="The installer uv")


def pinned(package: str) -> Path:
    """A file with the lock's entry for one package, hashes included."""
    lock = (ROOT / SERVER_LOCK).read_text()
    entry = re.search(rf"^{package}==.*(?:\n[ ]+.*)*", lock, re.M)
    assert entry, f"{package} is not in {SERVER_LOCK}"
    file = make_private(CACHE) / f"{package}.txt"
    file.write_text(entry[0] + "\n")
    return file


def sync(lock: str) -> None:
    with step(f"Python packages of {lock}"):
        uv: Command = [VENV / "bin" / "uv", "pip", "sync", "--python", PYTHON]
        options = ["--require-hashes", "--only-binary=:all:", "--compile-bytecode"]
        run([*uv, *options, lock], what="The Python packages")
