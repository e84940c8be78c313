"""The servers under test: ours, Hocuspocus, y-websocket, all on the same PostgreSQL."""

import contextlib
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.livetext import packages
from bench.stack import FOLDER, Stack
from bench.start import PSS
from portal import node, procfile
from portal.paths import ROOT
from portal.ports import answers, free_port

OURS, HOCUSPOCUS, Y_WEBSOCKET = "ours", "hocuspocus", "y-websocket"
NAMES = (OURS, HOCUSPOCUS, Y_WEBSOCKET)


@dataclass
class Server:
    """One process of it, or several that are equal."""

    name: str
    stack: Stack
    processes: list[str]
    ports: list[int]

    @property
    def pids(self) -> list[int]:
        return [self.stack.processes[name].pid for name in self.processes]

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        return sum(map(used_by, self.pids))

    def memory(self) -> float:
        """Megabytes, by its share of what it holds with others (PSS)."""
        found = [PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.pids]
        return sum(int(match[1]) for match in found if match) / 1024

    def signal(self, number: signal.Signals) -> None:
        for name in self.processes:
            self.stack.processes[name].send_signal(number)
            if number is not signal.SIGSTOP:
                self.stack.processes[name].wait(20)

    def stop(self) -> None:
        self.signal(signal.SIGTERM)


def used_by(pid: int) -> float:
    """Seconds, to the nanosecond: the usual counters know only hundredths."""
    tasks = Path(f"/proc/{pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def postgres_cpu(stack: Stack) -> float:
    [postmaster] = [s.process for s in stack.services.running if s.key == "postgres"]
    leader = psutil.Process(postmaster.pid)
    everybody = (leader, *leader.children(recursive=True))
    return sum(t.user + t.system for t in (process.cpu_times() for process in everybody))


def start(stack: Stack, name: str, processes: int = 1, **limits: int) -> Server:
    """``limits`` are those of our settings, by their names in the environment."""
    server = Server(name, stack, [], [])
    for number in range(processes):
        port = free_port()
        server.processes.append(f"{name}-{number}-{port}")
        server.ports.append(port)
        launch(stack, server.processes[-1], command(name), port, limits)
    return server


def restart(server: Server, **limits: int) -> None:
    """Where it was before it ended."""
    for process, port in zip(server.processes, server.ports, strict=True):
        launch(server.stack, process, command(server.name), port, limits)


def launch(stack: Stack, process: str, program: str, port: int, limits: dict[str, int]) -> None:
    variables = {name: str(value) for name, value in limits.items()}
    places = {"LIVE_PORT": str(port), "PORT": str(port), "HOST": "127.0.0.1"}
    stack.launch(process, program, **places, **variables)
    while not answers(port):
        log = FOLDER / "log" / f"{process}.log"
        assert stack.processes[process].poll() is None, f"{process} ended: see {log}"
        time.sleep(0.02)


def command(name: str) -> str:
    if name == OURS:
        return procfile.read(ROOT / "Procfile")["live"]
    programs = {
        HOCUSPOCUS: packages.INSTALLED / "hocuspocus.mjs",
        Y_WEBSOCKET: packages.INSTALLED / "node_modules/@y/websocket-server/src/server.js",
    }
    return f"{node.program()} {programs[name]}"


@contextlib.contextmanager
def running(
    stack: Stack, names: Iterable[str], processes: int = 1, **limits: int
) -> Iterator[list[Server]]:
    started = [start(stack, name, processes, **limits) for name in names]
    try:
        yield started
    finally:
        for server in started:
            server.stop()
