"""One process of the Procfile: started, heard, ended."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.processes import bound_to_us
from portal.steps import say

LAST_WORDS = 2
"""Seconds; whoever left the group may hold the line open for ever."""


@dataclass(frozen=True)
class Ended:
    name: str
    pid: int
    status: int

    @property
    def reason(self) -> str:
        if self.status < 0:
            return signal.Signals(-self.status).name
        return f"exit code {self.status}"


class Program:
    """Leads a process group of its own: Ctrl-C doesn't reach it, we tell it to end.

    The session stays ours: Linux would share the processor between sessions alike, whatever the
    processes' `nice` says.
    """

    def __init__(
        self,
        name: str,
        command: str,
        environment: Mapping[str, str],
        folder: Path,
        report: Callable[[object], None],
        width: int,
    ) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.folder = folder
        self.report = report
        self.label = name.ljust(width)
        self.failures = 0
        self.told_to_end = False
        self.started_at = 0.0
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started_at

    def start(self) -> int:
        process = subprocess.Popen(
            [*bound_to_us(signal.SIGTERM), "sh", "-c", f"exec {self.command}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,
        )
        self._process = process
        self.told_to_end = False
        self.started_at = time.monotonic()
        self._listener = self._in_background(self._repeat_output, process)
        self._in_background(self._report_end, process)
        return process.pid

    @staticmethod
    def _in_background(task: Callable[[Any], None], process: Any) -> threading.Thread:
        thread = threading.Thread(target=task, args=(process,), daemon=True)
        thread.start()
        return thread

    def end(self) -> None:
        self.told_to_end = True
        if self._process and self.running:
            self._process.terminate()

    def kill(self) -> None:
        self.told_to_end = True
        self._signal_all(signal.SIGKILL)

    def end_children(self) -> None:
        """What the process started and didn't take along when it ended."""
        if not self.running:
            self._signal_all(signal.SIGKILL)

    def hear_out(self) -> None:
        """Its last words, once nobody of its group is there to add any."""
        if self._listener:
            self._listener.join(LAST_WORDS)

    def _signal_all(self, number: signal.Signals) -> None:
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _repeat_output(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            say(f"{self.label} | {line.rstrip()}")

    def _report_end(self, process: subprocess.Popen[str]) -> None:
        status = process.wait()
        self.report(Ended(self.name, process.pid, status))
