"""Everything that runs in production, on this machine, with a mail server that takes it all."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import IO

import psutil
import psycopg

from portal import environment, frontend, messages, postgres, procfile
from portal.check import PRODUCTION
from portal.paths import PYTHON, ROOT, VAR, make_private
from portal.ports import answers, free_port
from portal.processes import bound_to_us
from portal.services import Services
from portal.steps import step

FOLDER = VAR / "bench"
HOST = PRODUCTION["ALLOWED_HOSTS"]
BROWSERS_TAKE = "gzip, deflate, br, zstd"
PREPARATIONS = ("migrate", "createcachetable", "load_reference", "collectstatic")


class Stack:
    """``web``, ``worker``, ``beat`` and ``relay`` of the Procfile, as on a real server."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.port = free_port()
        self.mails = FOLDER / "mails"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        frontend.build()
        messages.compile_changed()
        smtp = free_port()
        self.set_up(smtp)
        self.mails.unlink(missing_ok=True)
        self.launch("sink", f"python -m bench.sink {smtp} {self.mails}")
        for name, command in procfile.read(ROOT / "Procfile").items():
            self.launch(name, command)
        while not answers(self.port):
            assert self.processes["web"].poll() is None, f"web ended: see {FOLDER / 'log'}"
            time.sleep(0.05)

    def set_up(self, smtp: int = 0, commands: tuple[str, ...] = PREPARATIONS) -> None:
        """Services and tables, and what the portal's processes find in their environment."""
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        addresses = self.services.start()
        make_empty(addresses["DATABASE_URL"])
        self.variables = production(self.port, smtp) | addresses
        self.prepare(commands)

    def prepare(self, commands: tuple[str, ...]) -> None:
        with step("Tables and files"), self.log("prepare") as log:
            for command in commands:
                options = ["--noinput"] if command in ("migrate", "collectstatic") else []
                subprocess.run(
                    [PYTHON, "manage.py", command, *options],
                    cwd=ROOT,
                    env=self.variables,
                    stdout=log,
                    stderr=log,
                    check=True,
                )

    def launch(self, name: str, command: str, **variables: str) -> None:
        with self.log(name) as log:
            self.processes[name] = subprocess.Popen(
                [*bound_to_us(signal.SIGTERM), "sh", "-c", f"exec {command}"],
                cwd=ROOT,
                env=self.variables | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def log(self, name: str) -> IO[bytes]:
        return (make_private(FOLDER / "log") / f"{name}.log").open("wb")

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def request(self, path: str, *, body: str = "", address: str = "10.0.0.1") -> str:
        """As Caddy forwards it for a browser."""
        lines = [
            f"{'POST' if body else 'GET'} {path} HTTP/1.1",
            f"Host: {HOST}",
            f"Accept-Encoding: {BROWSERS_TAKE}",
            "X-Forwarded-Proto: https",
            f"X-Forwarded-For: {address}",
        ]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", body])

    def cpu(self, name: str) -> float:
        """Seconds of processor time that a process and its children have used."""
        leader = psutil.Process(self.processes[name].pid)
        times = [process.cpu_times() for process in (leader, *leader.children(recursive=True))]
        return sum(time.user + time.system for time in times)

    @contextlib.contextmanager
    def valkey_frozen(self) -> Iterator[None]:
        [valkey] = [s.process for s in self.services.running if s.key == "valkey"]
        valkey.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            valkey.send_signal(signal.SIGCONT)


@contextlib.contextmanager
def running() -> Iterator[Stack]:
    services = Services(FOLDER, safe=True)
    stack = Stack(services)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        services.stop(silently=True)


def make_empty(database_url: str) -> None:
    maintenance = database_url.rpartition("/")[0] + "/postgres"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {postgres.DATABASE} WITH (FORCE)")
    postgres.make_database(maintenance)


def production(port: int, smtp: int) -> dict[str, str]:
    return {
        **environment.for_development(port=port),
        **PRODUCTION,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp}",
        "STATIC_ROOT": str(FOLDER / "static"),
        # As docs/operations.md advises.
        "WEB_WORKERS": str(os.cpu_count()),
    }
