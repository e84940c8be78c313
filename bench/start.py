"""``script/server`` in a fresh checkout: the first start, the next ones, and what it holds idle."""

import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil

from bench.figures import Figure, median
from bench.stack import FOLDER
from portal.paths import ROOT
from portal.ports import free_port
from portal.steps import step

CHECKOUT = FOLDER / "checkout"
QUIET = 20
"""Seconds after which nothing that starts is at work any more."""
READY = re.compile(r"Ready after ([\d.]+) s")
PSS = re.compile(r"^Pss: +(\d+) kB", re.M)


def measure(rounds: int) -> list[Figure]:
    shutil.rmtree(CHECKOUT, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", ROOT, CHECKOUT], check=True)
    with step("First start in a fresh checkout"):
        first, _ = start()
    following, held = [], []
    for number in range(1, rounds + 1):
        last = number == rounds
        with step(f"Next start {number}") as current:
            seconds, memory = start(quiet=QUIET if last else 0)
            current.title += f": {seconds:.1f} s"
        following.append(seconds)
        held = memory
    for name, megabytes in held:
        print(f"· {megabytes:6.1f} MB  {name}")
    total = sum(megabytes for _, megabytes in held)
    return [
        Figure("First start of script/server", first, "s", at_most=90),
        median("Next start of script/server", following, "s", at_most=8),
        Figure("The whole stack idle (PSS)", total, "MB", at_most=700),
    ]


def start(*, quiet: float = 0) -> tuple[float, list[tuple[str, float]]]:
    """Seconds until the portal answered, and what each process holds after some ``quiet``."""
    begun = time.monotonic()
    environment = {**os.environ, "PORT": str(free_port())}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    with subprocess.Popen(
        ["script/server"],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout
        try:
            said = ""
            for line in server.stdout:
                said += line
                if READY.search(line):
                    break
            else:
                raise RuntimeError(f"script/server ended:\n{said}")
            seconds = time.monotonic() - begun
            time.sleep(quiet)
            memory = held_by(server.pid)
        finally:
            server.send_signal(signal.SIGINT)
            server.stdout.read()
    return seconds, memory


def held_by(pid: int) -> list[tuple[str, float]]:
    """Each process below this one with its proportional share of memory, in megabytes."""
    leader = psutil.Process(pid)
    held = []
    for process in (leader, *leader.children(recursive=True)):
        with suppress(OSError, psutil.NoSuchProcess):  # it may have ended meanwhile
            found = PSS.search(Path(f"/proc/{process.pid}/smaps_rollup").read_text())
            command = " ".join(process.cmdline()).strip()[-60:]
            held.append((command, int(found[1]) / 1024 if found else 0.0))
    return held
