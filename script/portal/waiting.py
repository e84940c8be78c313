"""Waiting for a server that was just started."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from portal.errors import Refusal
from portal.tools import explain


def until_ready(
    ready: Callable[[], bool],
    process: subprocess.Popen[bytes],
    *,
    name: str,
    log: Path,
    timeout: float = 60,
) -> None:
    """Returns when ``ready`` says so; refuses when the process ends or ``timeout`` s are over."""
    deadline = time.monotonic() + timeout
    while not ready():
        if process.poll() is not None:
            raise Refusal(explain(tail(log), what=f"Starting {name}", hint=f" (more in {log})"))
        if time.monotonic() > deadline:
            process.kill()
            raise Refusal(f"{name} does not answer after {timeout:.0f} s: see {log}.")
        time.sleep(0.02)


def tail(log: Path) -> str:
    """What it wrote last."""
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
