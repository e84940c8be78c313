"""The portal as it runs in production: the commands of the image, in a plain environment.

Its own PostgreSQL, Valkey and SMTP server, secrets from files, nothing of this run's environment.
"""

import http.client
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from portal import postgres, procfile
from portal.check import PRODUCTION
from portal.paths import ROOT
from portal.ports import free_port
from tests.support.children import Child
from tests.support.smtp import SmtpServer
from tests.support.valkey import ValkeyServer
from tests.support.waiting import wait_for

HOST = PRODUCTION["ALLOWED_HOSTS"]
# What the proxy in front adds to each request.
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}


class Installation:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.smtp = SmtpServer()
        self.valkey = ValkeyServer(folder)
        self.database_port = free_port()
        self._password = secrets.token_urlsafe(16)
        self._cluster = postgres.installation(folder / "pg")
        self._database: subprocess.Popen[bytes] | None = None
        self.children: dict[str, Child] = {}

    def start(self) -> None:
        self.smtp.start()
        self.valkey.start()
        self.start_database()
        self.environment = self._environment()

    def stop(self) -> None:
        for child in self.children.values():
            child.kill()
        self.stop_database()
        self.valkey.stop()
        self.smtp.stop()

    def start_database(self) -> None:
        self._database = postgres.start(
            self._cluster,
            port=self.database_port,
            password=self._password,
            log=self.folder / "postgres.log",
            safe=False,
        )

    def kill_database(self) -> None:
        self.stop_database(signal.SIGKILL)

    def stop_database(self, how: int = signal.SIGQUIT) -> None:
        """Immediately, as in a crash: nobody is waited for."""
        if self._database:
            self._database.send_signal(how)
            self._database.wait(20)
            self._database = None

    def copy_tables(self, source: str) -> None:
        """Those of the database at this address, with what is in them."""
        programs = postgres.find_programs()
        target = postgres.url(self.database_port, self._password)
        dump = [programs / "pg_dump", "--format=custom", source]
        restore = [programs / "pg_restore", "--no-owner", f"--dbname={target}"]
        copied = subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(restore, input=copied, check=True)

    def manage(self, *arguments: str, environment: dict[str, str] | None = None) -> str:
        """Runs ``manage.py`` to its end; what it printed. Fails with its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment or self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def run(self, name: str) -> Child:
        """A process of the Procfile, by the very line that the image runs."""
        line = procfile.read(ROOT / "Procfile")[name]
        log = self.folder / f"{name}.log"
        child = Child(["sh", "-c", f"exec {line}"], self.environment, log)
        self.children[name] = child
        return child

    def request(
        self, method: str, path: str, body: str | bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """As the proxy passes it on; keywords replace its headers (``Host=…``)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {**PROXIED, **names})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def wait_until_it_answers(self, timeout: float = 30) -> None:
        def answers() -> bool:
            try:
                return self.request("GET", "/health/live/")[0].status == 200
            except OSError:
                return False

        wait_for(answers, timeout, every=0.1)

    def _environment(self) -> dict[str, str]:
        """Secrets as files, whose last line end does not count."""
        found = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DATABASE_URL": postgres.url(self.database_port, self._password),
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": self.smtp.url,
        }
        files = {}
        for name, secret in found.items():
            file = self.folder / name.lower()
            file.write_text(f"{secret}\n")
            files[f"{name}_FILE"] = str(file)
        plain = {name: value for name, value in PRODUCTION.items() if name not in found}
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(self.folder),
            "PORT": str(self.port),
            "LIVE_PORT": str(free_port()),
            "STATIC_ROOT": str(self.folder / "static"),
            **plain,
            **files,
        }
