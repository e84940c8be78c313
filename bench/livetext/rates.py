"""How much can be typed into one text before it shows too late."""

from bench.livetext.comparison import Comparison
from bench.livetext.servers import HOCUSPOCUS, OURS, Server, running
from bench.livetext.typing_runs import Load, play
from bench.stack import Stack
from portal.steps import step

EDITORS = 20
SLOWEST = 200  # milliseconds of the p99
FIRST, FACTOR = 1000, 1.25  # keys in a second, of all
KEPT_UP = 0.9
"""A load generator that sends less than this share of what is due has measured itself."""
# Nobody types so fast: what protects a text from one person is out of the way, only here.
LIMITS = {
    "LIVE_MESSAGES_PER_SECOND": 10**6,
    "LIVE_BYTES_PER_SECOND": 10**9,
    "LIVE_STATE_BYTES": 10**9,
    "LIVE_BACKLOG_BYTES": 10**8,
}


def measure(stack: Stack, rounds: int) -> list[Comparison]:
    found: dict[str, list[float]] = {OURS: [], HOCUSPOCUS: []}
    with running(stack, found, **LIMITS) as among:
        for number in range(1, rounds + 1):
            for server in among:
                found[server.name].append(highest(server, number))
    name = "Highest rate in a text of 20, p99 ≤ 200 ms"
    return [Comparison(name, "keys/s", found, at_least=1.5)]


def highest(server: Server, number: int) -> float:
    """Rises until a step fails, twice, because others use this machine, too."""
    reached, due = 0.0, float(FIRST)
    while True:
        with step(f"Rate of {server.name}, round {number}: {due:,.0f}/s") as current:
            run = play(server, Load(EDITORS, due / EDITORS, seconds=2))
            if run.p99 > SLOWEST or run.rate < KEPT_UP * due:
                run = play(server, Load(EDITORS, due / EDITORS, seconds=2))
            current.title += f" → {run.rate:,.0f}/s, {run}, server {run.busy:.2f}"
            current.title += f", generator {run.generator:.2f}"
        if run.p99 > SLOWEST or run.rate < KEPT_UP * due:
            return reached
        reached, due = run.rate, due * FACTOR
