"""What goes wrong on somebody's machine is said in one sentence."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal import locking, node, server, tools
from portal.errors import Refusal
from portal.paths import PYTHON, ROOT, VENV
from portal.ports import answers, free_port, is_taken

LAUNCHER = ROOT / "script" / "server"


def launch(folder: Path, **programs: str) -> str:
    """What the launcher says where PATH has these programs only; shell code by name."""
    for name in ("sh", "dirname"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, code in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{code}\n")
        (folder / name).chmod(0o755)
    done = subprocess.run([LAUNCHER], env={"PATH": str(folder)}, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize("programs", [{}, {"python3": "exit 1"}, {"python3.13": "exit 127"}])
def test_no_python_or_an_old_one(tmp_path, programs):
    assert launch(tmp_path, **programs) == (
        "Python 3.11 or newer is needed and was not found: install it, then start again.\n"
    )


def test_a_python_without_venv(tmp_path):
    without_venv = 'case "$2" in *ensurepip*) exit 1;; esac'

    assert launch(tmp_path, python3=without_venv) == (
        "python3 has no venv module: install it (Debian, Ubuntu: apt install python3-venv).\n"
    )


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(Refusal, match=rf"^PORT={port} is no port: choose a number"):
        server.chosen_port()


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refusal) as refusal:
            server.refuse_taken_port(port)

    assert str(refusal.value) == (
        f"Port {port} is taken by another program: "
        f"choose another, as in PORT={port + 2} script/server."
    )


def test_the_port_of_live_texts_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        # The one before it may by chance be another program's, too.
        with pytest.raises(Refusal, match=f"^Port ({port}|{port - 1}) is taken by another prog"):
            server.refuse_taken_port(port - 1)


def test_a_free_port_is_free():
    port = next(port for port in iter(free_port, None) if not is_taken(port + 1))

    assert not is_taken(port)
    assert not answers(port)
    server.refuse_taken_port(port)


def test_a_second_server_of_the_same_checkout(tmp_path):
    lock = tmp_path / "server.lock"
    code = (
        "import sys, pathlib; from portal import locking; lock = pathlib.Path(sys.argv[1])\n"
        "with locking.alone(lock, ''): locking.note(lock, 'port 8000'); print('held'); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-uc", code, lock],
        env={**os.environ, "PYTHONPATH": str(ROOT / "script")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout
        first.stdout.readline()
        with pytest.raises(Refusal, match=r"^It runs: port 8000\.$"):
            locking.alone(lock, "It runs: {}.").__enter__()
        first.kill()

    with locking.alone(lock, "It runs: {}."):
        pass


def refused(*argv: str | Path, **environment: str) -> str:
    with pytest.raises(Refusal) as refusal:
        tools.run(list(argv), what="The packages", log="test.log", environment=environment)
    return str(refusal.value)


NO_NETWORK = tools.NO_NETWORK.format(what="The packages")
NOWHERE = "http://127.0.0.1:9/"


def test_uv_without_network(tmp_path):
    uv = [VENV / "bin" / "uv", "pip", "install", "--target", tmp_path, "--index-url", NOWHERE]

    assert refused(*uv, "no-such-package", UV_HTTP_RETRIES="0") == NO_NETWORK


def test_pip_without_network(tmp_path):
    pip = [PYTHON, "-m", "pip", "download", "--retries=1", "--no-cache-dir", "-d", tmp_path]

    assert refused(*pip, "--index-url", NOWHERE, "no-such-package") == NO_NETWORK


def test_npm_without_network(tmp_path):
    npm, path = node.find()
    options = ["--registry", NOWHERE, "--fetch-retries", "0", "--cache", str(tmp_path)]

    assert refused(*npm, "pack", "no-such-package", *options, PATH=path) == NO_NETWORK


def test_a_full_disk_under_a_program():
    code = f"raise OSError({errno.ENOSPC}, {os.strerror(errno.ENOSPC)!r})"

    assert refused(PYTHON, "-c", code) == tools.DISK_FULL


def test_another_failure_says_its_last_line_and_where_more_is():
    answer = refused("sh", "-c", "echo first; echo it broke.; exit 1")

    assert answer == "The packages failed: it broke (more in var/log/test.log)."


def test_a_certificate_nobody_here_trusts():
    complaint = "invalid peer certificate: UnknownIssuer"

    assert refused("sh", "-c", f"echo {complaint}; exit 2") == tools.UNTRUSTED.format(
        what="The packages"
    )
