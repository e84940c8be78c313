"""Waiting for a server that was just started."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from portal.errors import Refusal


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
            raise Refusal(f"{name} ended while it started: {last_line(log)} (more in {log}).")
        if time.monotonic() > deadline:
            process.kill()
            raise Refusal(f"{name} does not answer after {timeout:.0f} s: see {log}.")
        time.sleep(0.02)


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1].strip() if lines else "it left no message"
