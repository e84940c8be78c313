"""A private Valkey that a test may stop, freeze and empty."""

import secrets
import signal
import socket
import subprocess
from pathlib import Path

from portal import valkey
from portal.ports import free_port


class ValkeyServer:
    """Keeps its port, password and append-only file over ``stop`` and ``start``."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self.directory = directory
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For ``REDIS_URL``."""
        return valkey.url(self.port, self.password)

    def start(self) -> None:
        self._process = valkey.start(
            port=self.port,
            password=self.password,
            directory=self.directory,
            log=self.directory / "valkey.log",
            fsync="no",
        )

    def stop(self) -> None:
        """In order; thaws it first if it is frozen."""
        if self._process:
            self.thaw()
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def freeze(self) -> None:
        """SIGSTOP: connections open, nothing is ever answered."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        """Everything it knew is gone, as after a restart without a file."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(f"AUTH {self.password}\r\nFLUSHALL\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (part := connection.recv(100)):
                answer += part
        assert answer == b"+OK\r\n+OK\r\n", answer
