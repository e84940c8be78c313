"""The site's styles and scripts: built when their sources have changed."""

import hashlib
import os
import shutil
from pathlib import Path

from portal import locking
from portal.node import npm
from portal.paths import ROOT, RUN, VAR
from portal.steps import step

SOURCES = ROOT / "frontend"
BUILT = ROOT / "static" / "build"
MODULES = SOURCES / "node_modules"
STAMP = VAR / "frontend"
# The editor is built after it.
SCHEMA = ROOT / "in4green" / "livetext" / "schema.json"


def build() -> None:
    """Nothing to do when the sources are those of the last build and its result is there."""
    with locking.waiting(RUN / "frontend.lock", "another build of the frontend"):
        build_changed(fingerprint())


def build_changed(now: str) -> None:
    if BUILT.is_dir() and STAMP.exists() and STAMP.read_text() == now:
        return
    STAMP.unlink(missing_ok=True)
    install_packages()
    with step("Frontend"):
        npm("run", "build", what="Building the frontend")
    STAMP.write_text(now)


def install_packages() -> None:
    """What the lock names; npm writes its own record of it last."""
    lock = SOURCES / "package-lock.json"
    stamp = MODULES / ".portal-lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    with step("Packages of the frontend"):
        npm("ci", "--ignore-scripts", what="The frontend's packages")
    shutil.copyfile(lock, stamp)


def main() -> int:
    """Whether the editor's TypeScript agrees with itself."""
    install_packages()
    npm("run", "--silent", "types", what="The editor's types")
    return 0


def fingerprint() -> str:
    """Of every source's path and content."""
    digest = hashlib.sha256()
    for path in [SCHEMA, *sorted(sources(SOURCES))]:
        digest.update(f"{os.path.relpath(path, SOURCES)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def sources(folder: Path) -> list[Path]:
    found = []
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name != MODULES.name:
            found += sources(Path(entry.path))
        elif entry.is_file():
            found.append(Path(entry.path))
    return found
