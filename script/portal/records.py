"""Which processes of this checkout run, remembered in files so that a next start finds them.

A number alone would not do: it may belong to somebody else by then. Each of ours leads a process
group, so whatever it left behind is recognised by that group and by when it began.
"""

import contextlib
import json
import os
import signal
from pathlib import Path

import psutil

from portal.paths import make_private

CLOCK_TOLERANCE = 1.0
"""Seconds by which the start of a process may seem to move when the clock is set."""


def remember(folder: Path, name: str, pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):  # it ended at once
        started = psutil.Process(pid).create_time()
        (make_private(folder) / f"{name}.json").write_text(json.dumps([pid, started]))


def forget(folder: Path, name: str) -> None:
    (folder / f"{name}.json").unlink(missing_ok=True)


def leftovers(folder: Path, name: str) -> list[psutil.Process]:
    """The remembered process, if it still runs, and what it started."""
    try:
        pid, started = json.loads((folder / f"{name}.json").read_text())
    except (OSError, ValueError):
        return []
    with contextlib.suppress(psutil.NoSuchProcess):
        if abs(psutil.Process(pid).create_time() - started) > CLOCK_TOLERANCE:
            return []  # the number was given to somebody else, so nobody of that group is left
    return [process for process in psutil.process_iter() if belongs(process, pid, started)]


def belongs(process: psutil.Process, group: int, started: float) -> bool:
    with contextlib.suppress(ProcessLookupError, PermissionError, psutil.Error):
        same_group = os.getpgid(process.pid) == group
        return same_group and process.create_time() >= started - CLOCK_TOLERANCE
    return False


def end_leftovers(folder: Path, name: str, number: signal.Signals, patience: float) -> bool:
    """Ends what a killed supervisor left; whether there was anything. Seconds."""
    processes = leftovers(folder, name)
    forget(folder, name)
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    for process in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    return bool(processes)
