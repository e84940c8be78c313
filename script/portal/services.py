"""PostgreSQL and Valkey of one folder (``var`` or ``var/test``): brought up, ended, found again."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal import environment, postgres, records, valkey
from portal.paths import make_private
from portal.ports import free_port
from portal.steps import step

PATIENCE = 20
"""Seconds a service has to end in order before it is killed."""


@dataclass
class Service:
    name: str
    key: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals

    def stop(self) -> None:
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Services:
    """Those that run for us, in the order they were started."""

    def __init__(self, folder: Path, *, safe: bool) -> None:
        self.folder = make_private(folder)
        self.run = make_private(folder / "run")
        self.log = make_private(folder / "log")
        self.safe = safe
        self.running: list[Service] = []

    def start(self) -> dict[str, str]:
        """The addresses of what answers now; what the caller's environment names is not started."""
        secrets = environment.read_secrets()
        urls = {}
        if "DATABASE_URL" not in os.environ:
            urls["DATABASE_URL"] = self.start_postgres(secrets["DATABASE_PASSWORD"])
        if "REDIS_URL" not in os.environ:
            urls["REDIS_URL"] = self.start_valkey(secrets["VALKEY_PASSWORD"])
        return urls

    def start_postgres(self, password: str) -> str:
        with step("PostgreSQL") as current:
            records.end_leftovers(self.run, "postgres", signal.SIGINT, PATIENCE)
            port = free_port()
            found = postgres.installation(self.folder / "pg")
            log = self.log / "postgres.log"
            process = postgres.start(found, port=port, password=password, log=log, safe=self.safe)
            self.keep(Service("PostgreSQL", "postgres", process, signal.SIGINT))
            version = ".".join(map(str, found.version()))
            current.title = f"PostgreSQL {version} on port {port}"
        return postgres.url(port, password)

    def start_valkey(self, password: str) -> str:
        with step("Valkey") as current:
            records.end_leftovers(self.run, "valkey", signal.SIGTERM, PATIENCE)
            port = free_port()
            process = valkey.start(
                port=port,
                password=password,
                directory=make_private(self.folder / "valkey"),
                log=self.log / "valkey.log",
            )
            self.keep(Service("Valkey", "valkey", process, signal.SIGTERM))
            current.title = f"Valkey on port {port}"
        return valkey.url(port, password)

    def keep(self, service: Service) -> None:
        records.remember(self.run, service.key, service.process.pid)
        self.running.append(service)

    def stop(self, *, silently: bool = False) -> None:
        """Last started, first ended."""
        while self.running:
            service = self.running.pop()
            title, doing = f"{service.name} stopped", f"Stopping {service.name}"
            with contextlib.nullcontext() if silently else step(title, doing=doing):
                service.stop()
            records.forget(self.run, service.key)
