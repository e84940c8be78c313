"""The other servers and the load generator: Node packages, installed into ``var``."""

import shutil
import subprocess
from pathlib import Path

from bench.stack import FOLDER
from portal import node
from portal.paths import ROOT, make_private
from portal.steps import step

SOURCES = ROOT / "bench" / "livetext"
INSTALLED = FOLDER / "livetext"
RECORDINGS = INSTALLED / "recordings"


def install() -> None:
    """What the lock names, with our programs beside it: Node looks for packages from there."""
    make_private(RECORDINGS)
    for program in SOURCES.glob("*.mjs"):
        shutil.copy(program, INSTALLED)
    lock, stamp = SOURCES / "package-lock.json", INSTALLED / "node_modules" / ".lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    with step("Other servers"):
        shutil.copy(SOURCES / "package.json", INSTALLED)
        shutil.copy(lock, INSTALLED)
        node.npm("ci", "--ignore-scripts", what="The other servers' packages", folder=INSTALLED)
        shutil.copy(lock, stamp)


def recording(editors: int, keys: int) -> Path:
    """Made once: so many editors who type so many keys each."""
    file = RECORDINGS / f"typing-{editors}x{keys}.json"
    if not file.exists():
        draft = file.with_suffix(".new")
        run("recording.mjs", str(editors), str(keys), str(draft))
        draft.rename(file)
    return file


def run(program: str, *arguments: str) -> None:
    subprocess.run([node.program(), program, *arguments], cwd=INSTALLED, check=True)
