"""Files of a large plan: how long a worker takes for each, and how much memory it needs meanwhile.

``python -m bench.exports FORMAT SLUG`` makes one in a process of its own, as a worker does.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.figures import Figure, median
from bench.stack import Stack
from portal.paths import PYTHON, ROOT
from portal.steps import step

FASTEST = {"pdf": 2.0, "docx": 3.0, "odt": None, "xlsx": 1.0, "csv": None, "json": None}
"""Seconds that each may take."""
MOST = 400
"""Megabytes of the worker and what it starts, together."""
EVERY = 0.05


def measure(stack: Stack, rounds: int) -> list[Figure]:
    slug = large_plan()
    figures = []
    for kind, at_most in FASTEST.items():
        with step(f"{kind.upper()} of a large plan") as current:
            found = [one_file(stack, kind, slug) for _ in range(rounds)]
            current.title += f": {found[0]['bytes'] / 1e6:.1f} MB"
        name = f"{kind.upper()} of a large plan"
        times, memories = ([one[what] for one in found] for what in ("seconds", "peak"))
        figures.append(median(f"{name}, in a worker", times, "s", at_most=at_most))
        figures.append(median(f"{name}: peak memory", memories, "MB", at_most=MOST))
    return figures


def large_plan() -> str:
    """The one that is there already, or a new one."""
    from actionplan.models import Plan
    from bench import plans
    from groups.models import Membership, User, WorkingGroup

    if plan := Plan.objects.filter(slug=plans.SLUG).first():
        return plan.slug
    group = WorkingGroup.objects.select_related("city").get()
    by = User.objects.create_user("dateien@example.org", name="Datei Beispiel")
    Membership.objects.create(group=group, user=by, role=Membership.Role.COORDINATOR)
    with step("A plan of 60,000 words"):
        return plans.make(group, by).slug


def one_file(stack: Stack, kind: str, slug: str) -> dict[str, Any]:
    done = subprocess.run(
        [PYTHON, "-m", "bench.exports", kind, slug],
        cwd=ROOT,
        env={**os.environ, **stack.variables},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


class Watch(threading.Thread):
    """The most that this process and those that it has started hold at once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(EVERY):
            self.peak = max(self.peak, _held([os.getpid()]))


def _held(processes: Iterable[int]) -> float:
    """Megabytes of these and all that they have started (PSS: what several processes share counts
    once, by parts).

    From Linux alone: to look for children among all processes would take a third of a core.
    """
    return sum(_of_one(each) + _held(_started(each)) for each in processes)


def _of_one(process: int) -> float:
    with suppress(OSError):  # it may have ended meanwhile
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _started(process: int) -> Iterator[int]:
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            yield from map(int, (thread / "children").read_text().split())


def main(kind: str, slug: str) -> None:
    import django

    django.setup()
    from actionplan.models import Plan, PlanExport
    from actionplan.services import exports

    plan = Plan.objects.select_related("group__city").get(slug=slug)
    row = PlanExport(plan=plan, format=kind, language=plan.language)
    watch = Watch()
    watch.start()
    began = time.perf_counter()
    made = exports.draw(row)
    seconds = time.perf_counter() - began
    watch.ended.set()
    print(json.dumps({"seconds": seconds, "peak": watch.peak, "bytes": len(made)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
