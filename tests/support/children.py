"""The portal's real processes, started against the test's own database."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from portal.paths import ROOT
from tests.support.waiting import wait_for


def database_url() -> str:
    """The database this test uses (``test_…_gw0``), for a process of its own."""
    at = connection.settings_dict
    password = quote(str(at["PASSWORD"]), safe="")
    return f"postgres://{at['USER']}:{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


class Child:
    """A running process with everything it has printed in ``output``."""

    def __init__(self, argv: list[str], environment: dict[str, str], log: Path) -> None:
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                argv,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self._process.pid

    @property
    def output(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def wait_for_output(self, text: str, timeout: float = 30) -> None:
        """Returns when ``text`` was printed; fails when the process ends before, or in time."""
        wait_for(lambda: text in self.output or not self.running, timeout)
        assert text in self.output, f"{text!r} was not printed:\n{self.output}"

    def kill(self) -> int:
        """SIGKILL to the process and all its children."""
        return self._end(signal.SIGKILL)

    def terminate(self, timeout: float = 20) -> int:
        """SIGTERM to the process alone, as a supervisor does; its exit code."""
        self._process.terminate()
        return self.wait(timeout)

    def freeze(self) -> None:
        os.killpg(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.pid, signal.SIGCONT)

    def wait(self, timeout: float = 20) -> int:
        """Its exit code, negative for a signal."""
        return self._process.wait(timeout)

    def _end(self, number: signal.Signals) -> int:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)
        return self._process.wait(10)


class Spawner:
    """Starts children with the settings of this test; ends them all when the test is over.

    The test needs real commits: ``@pytest.mark.django_db(transaction=True)``.
    """

    def __init__(self, folder: Path) -> None:
        self.environment: dict[str, str] = {}
        self._folder = folder
        self._children: list[Child] = []

    def __call__(self, *argv: str, **environment: str) -> Child:
        """``spawn("-m", "celery", …, EMAIL_URL="…")``: Python with these arguments.

        Keywords are further environment variables, stronger than ``spawn.environment``.
        """
        everything = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "PYTHONUNBUFFERED": "1",
            **self.environment,
            **environment,
        }
        log = self._folder / f"child-{len(self._children)}.log"
        child = Child([sys.executable, *argv], everything, log)
        self._children.append(child)
        return child

    def relay(self, **environment: str) -> Child:
        return self("manage.py", "relay", **environment)

    def worker(self, *options: str, **environment: str) -> Child:
        """A Celery worker with one child process."""
        argv = ("-m", "celery", "-A", "in4green", "worker", "--concurrency=1", "--loglevel=INFO")
        return self(*argv, *options, **environment)

    def beat(self, **environment: str) -> Child:
        """As in the Procfile: it keeps no file."""
        scheduler = ("--scheduler", "celery.beat:Scheduler")
        argv = ("-m", "celery", "-A", "in4green", "beat", "--loglevel=INFO", *scheduler)
        return self(*argv, **environment)

    def kill_all(self) -> None:
        for child in self._children:
            child.kill()
