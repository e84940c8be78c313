"""Keeps the processes of a Procfile running until somebody asks to stop.

Everything that happens (a process ended, files changed, Ctrl-C) is an event in one queue, so one
thread decides and nothing needs a lock. Children are started by that thread alone: the kernel
ends them when the thread that started them is gone.
"""

import heapq
import queue
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from portal import records
from portal.program import Ended, Program
from portal.steps import say, step

PATIENCE = 20
"""Seconds a process has to end in order before it is killed."""
LEFTOVER_PATIENCE = 5
"""The same for what a killed supervisor left: nobody waits for its work any more."""
STABLE = 10
"""Seconds after which a process that ran is no longer taken for one that cannot start."""
LONGEST_PAUSE = 30
"""Seconds between two tries at most."""


def end_leftovers(names: Iterable[str], run: Path) -> None:
    """Ends what a killed supervisor of this checkout left running."""
    for name in names:
        if records.end_leftovers(run, name, signal.SIGTERM, LEFTOVER_PATIENCE):
            say(f"✓ {name} of a run that was killed is ended")


class Asked:
    """Somebody wants us to stop."""


class Supervisor:
    def __init__(
        self,
        commands: Mapping[str, str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        run: Path,
    ) -> None:
        self.events: queue.SimpleQueue[object] = queue.SimpleQueue()
        width = max(map(len, commands))
        self.programs = {
            name: Program(name, command, environment, folder, self.events.put, width)
            for name, command in commands.items()
        }
        self.run_folder = run
        self.later: list[tuple[float, str]] = []
        """When which process is to be tried again."""

    def run(self, react: Callable[[object], bool] = lambda event: False) -> None:
        """Returns when all is stopped. ``react`` gets every other event; true means: reload."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.events.put(Asked()))
        try:
            for name in self.programs:
                self.start(name)
            while not isinstance(event := self.next_event(), Asked):
                if isinstance(event, Ended):
                    self.replace(event)
                elif event and react(event):
                    self.reload()
        finally:
            self.stop()

    def next_event(self) -> object:
        """The next event, or None when it is time to try a process again (which is done)."""
        pause = max(0, self.later[0][0] - time.monotonic()) if self.later else None
        try:
            return self.events.get(timeout=pause)
        except queue.Empty:
            _, name = heapq.heappop(self.later)
            if not self.programs[name].running:
                self.start(name)
            return None

    def start(self, name: str) -> None:
        pid = self.programs[name].start()
        records.remember(self.run_folder, name, pid)

    def replace(self, ended: Ended) -> None:
        """A process ended: because of a reload, or by itself."""
        program = self.programs[ended.name]
        if program.pid != ended.pid:
            return
        program.end_children()
        if program.told_to_end:
            self.start(ended.name)
            return
        program.failures = 0 if program.age > STABLE else program.failures + 1
        pause = min(LONGEST_PAUSE, 2 ** (program.failures - 1)) if program.failures else 0
        when = f"in {pause} s" if pause else "at once"
        say(f"! {ended.name} ended unexpectedly ({ended.reason}); it starts again {when}")
        heapq.heappush(self.later, (time.monotonic() + pause, ended.name))

    def reload(self) -> None:
        """Each process ends in its own time and is started anew then."""
        say(f"· files have changed: {', '.join(self.programs)} start anew")
        for name, program in self.programs.items():
            program.failures = 0
            if program.running:
                program.end()
            else:
                self.start(name)

    def stop(self) -> None:
        """One after the other, in the order of the Procfile; asked again, at once."""
        say("· Stopping (Ctrl-C again: at once) …")
        for name, program in self.programs.items():
            if program.running:
                with step(f"{name} stopped", doing=f"Stopping {name}"):
                    program.end()
                    self.await_end(program)
            program.end_children()
            program.hear_out()
            records.forget(self.run_folder, name)

    def await_end(self, program: Program) -> None:
        deadline = time.monotonic() + PATIENCE
        while program.running:
            try:
                event = self.events.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                program.kill()
                deadline += PATIENCE
                continue
            if isinstance(event, Asked):
                self.hurry()

    def hurry(self) -> None:
        for program in self.programs.values():
            program.kill()
