"""The supervisor keeps real processes running and ends them in order."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal.paths import ROOT
from tests.support.waiting import wait_for

POLITE = """\
trap 'echo goodbye; exit 0' TERM
echo "pid $$"
while :; do sleep 0.05; done
"""
STUBBORN = POLITE.replace("echo goodbye; exit 0", "echo no")
TWO = "web: sh polite.sh\nworker: sh polite.sh\n"


class Running:
    def __init__(self, folder: Path, terminal: int | None = None) -> None:
        self.log = folder / "output"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "tests/script/supervise.py", folder],
                env={**os.environ, "PYTHONPATH": str(ROOT / "script"), "PYTHONUNBUFFERED": "1"},
                stdout=output if terminal is None else terminal,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def pids(self, name: str) -> list[int]:
        """Every process this one was, in order."""
        return [int(pid) for pid in re.findall(rf"^{name} *\| pid (\d+)$", self.output, re.M)]

    def wait_for(self, text: str) -> None:
        wait_for(lambda: text in self.output)

    def wait_for_pid(self, name: str, number: int = 1) -> int:
        """Its process, the ``number``-th of that name."""
        wait_for(lambda: len(self.pids(name)) >= number)
        return self.pids(name)[number - 1]


Supervise = Callable[[str], Running]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Supervise]:
    (tmp_path / "polite.sh").write_text(POLITE)
    (tmp_path / "stubborn.sh").write_text(STUBBORN)
    started = []

    def start(lines: str) -> Running:
        (tmp_path / "Procfile").write_text(lines)
        started.append(Running(tmp_path))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.wait()


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_every_line_says_whose_it_is(supervise):
    running = supervise(TWO)

    running.wait_for_pid("web")
    running.wait_for_pid("worker")

    assert re.search(r"^web    \| pid \d+$", running.output, re.M)


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_all_end_in_the_order_of_the_procfile(supervise, ask):
    running = supervise(TWO)
    pids = [running.wait_for_pid("web"), running.wait_for_pid("worker")]

    running.process.send_signal(ask)

    assert running.process.wait(10) == 0
    assert re.findall(r"(\w+) stopped", running.output) == ["web", "worker"]
    assert "web    | goodbye" in running.output
    assert not any(map(is_running, pids))


def test_each_leads_a_group_in_our_session_so_that_nice_is_heeded_and_ctrl_c_is_not(supervise):
    running = supervise(TWO)
    pids = [running.wait_for_pid(name) for name in ("web", "worker")]

    assert [os.getpgid(pid) for pid in pids] == pids
    assert {os.getsid(pid) for pid in pids} == {os.getsid(running.process.pid)}


def test_a_closed_terminal_does_not_disturb_the_order(tmp_path):
    # Told at the same time, the slow one would be the last.
    for name, goodbye in {"slow": "sleep 1; echo $$ >> ended", "fast": "echo $$ >> ended"}.items():
        (tmp_path / f"{name}.sh").write_text(POLITE.replace("echo goodbye", goodbye))
    (tmp_path / "Procfile").write_text("web: sh slow.sh\nworker: sh fast.sh\n")
    reader, writer = os.pipe()
    running = Running(tmp_path, terminal=writer)
    os.close(writer)
    with os.fdopen(reader) as terminal:
        pids = dict(terminal.readline().split(" | pid ") for _ in range(2))

    running.process.send_signal(signal.SIGHUP)
    running.process.wait(10)

    ended = (tmp_path / "ended").read_text().split()
    assert ended == [pids[name].strip() for name in ("web   ", "worker")]


def test_a_second_ctrl_c_does_not_wait_for_a_stubborn_process(supervise):
    running = supervise("web: sh stubborn.sh\nworker: sh stubborn.sh\n")
    pids = [running.wait_for_pid("web"), running.wait_for_pid("worker")]
    running.process.send_signal(signal.SIGINT)
    running.wait_for("web    | no")

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(5) == 0
    assert not any(map(is_running, pids))


def test_a_process_that_was_killed_is_started_again_and_it_is_said(supervise):
    running = supervise(TWO)

    os.kill(running.wait_for_pid("web"), signal.SIGKILL)
    second = running.wait_for_pid("web", 2)

    assert is_running(second)
    assert "web ended unexpectedly (SIGKILL); it starts again in 1 s" in running.output
    assert len(running.pids("worker")) == 1


def test_a_process_that_cannot_start_is_tried_less_and_less_often(supervise):
    running = supervise("web: sh -c 'exit 3'\n")

    running.wait_for("web ended unexpectedly (exit code 3); it starts again in 2 s")

    pauses = re.findall(r"exit code 3\); it starts again in (\d+) s", running.output)
    assert pauses == ["1", "2"]


def test_changed_files_start_every_process_anew(supervise):
    running = supervise(TWO)
    first = [running.wait_for_pid("web"), running.wait_for_pid("worker")]

    running.process.send_signal(signal.SIGUSR1)
    second = [running.wait_for_pid("web", 2), running.wait_for_pid("worker", 2)]

    assert not any(map(is_running, first))
    assert all(map(is_running, second))
    assert "unexpectedly" not in running.output


def test_what_a_process_leaves_behind_is_ended_with_it(supervise):
    running = supervise("web: sh -c 'sh polite.sh & wait'\n")
    grandchild = running.wait_for_pid("web")

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(10) == 0
    wait_for(lambda: not is_running(grandchild))


@pytest.mark.chaos
def test_after_kill_9_the_next_start_finds_nothing_in_its_way(supervise):
    killed = supervise("web: sh stubborn.sh\nworker: sh polite.sh\n")
    left = [killed.wait_for_pid("web"), killed.wait_for_pid("worker")]
    killed.process.kill()
    killed.process.wait()
    os.kill(left[0], signal.SIGSTOP)  # it can't even hear that it should end

    running = supervise(TWO)
    running.wait_for_pid("worker")

    assert not any(map(is_running, left))
