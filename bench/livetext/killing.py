"""``kill -9`` while ten type: what was acknowledged must be there, and the rest must come back."""

import random
import signal
import time
from typing import Any

from bench.livetext import people
from bench.livetext.comparison import Comparison
from bench.livetext.generator import playing
from bench.livetext.packages import recording
from bench.livetext.servers import HOCUSPOCUS, OURS, Server, restart, running
from bench.stack import Stack
from in4green.livetext import schema
from portal.steps import step

EDITORS, RATE = 10, 10  # keys of each in a second
EARLIEST, LATEST = 0.3, 1.3  # seconds of typing before the kill
OURS_IN_A_ROUND, THEIRS_IN_A_ROUND = 20, 2


def measure(stack: Stack, rounds: int) -> list[Comparison]:
    runs: dict[str, list[dict[str, Any]]] = {}
    for name, count in ((OURS, OURS_IN_A_ROUND), (HOCUSPOCUS, THEIRS_IN_A_ROUND)):
        with running(stack, [name]) as [server], step(f"Kills of {name}") as current:
            runs[name] = [killed(server) for _ in range(rounds * count)]
            current.title += f": {len(runs[name])}"

    def figure(title: str, key: str, **target: float) -> Comparison:
        sums = {name: [sum(run[key] for run in found)] for name, found in runs.items()}
        return Comparison(f"{title} of {len(runs[OURS])} kills", "keys", sums, **target)  # type: ignore[arg-type]

    complete = {name: [sum(run["allBack"] for run in found) / len(found)]
                for name, found in runs.items()}  # fmt: skip
    return [
        figure("Typed, until the ends", "typed"),
        figure("Acknowledged, until the ends", "acknowledged"),
        figure("Acknowledged and lost, in all", "lost", at_most=0, absolute=True),
        Comparison("Text whole after all came back", "share of runs", complete,
                   at_least=1, absolute=True),
    ]  # fmt: skip


def killed(server: Server) -> dict[str, Any]:
    job = {
        "server": server.name,
        "ports": server.ports,
        "texts": people.new_names(1),
        "cookies": people.cookies(EDITORS),
        "recording": str(recording(EDITORS, 64)),
        "rate": RATE,
        "schema": schema.version(),
        "seconds": LATEST + 1,
    }
    with playing("killing.mjs", **job) as generator:
        generator.hear()
        generator.say()
        time.sleep(random.uniform(EARLIEST, LATEST))
        server.signal(signal.SIGKILL)
        restart(server)
        generator.say()
        return generator.hear()
