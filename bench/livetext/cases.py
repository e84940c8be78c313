"""What is compared, and what ours is to reach: the targets of the issue for live texts."""

from collections.abc import Callable, Sequence
from typing import Any

from bench.livetext import joining, killing, rates
from bench.livetext.comparison import Comparison
from bench.livetext.servers import HOCUSPOCUS, NAMES, OURS, Server, running
from bench.livetext.typing_runs import Load, Run, play
from bench.stack import Stack
from portal.steps import step

Runs = dict[str, list[Run]]

TEN = Load(editors=10, rate=5)
FIFTY = Load(editors=50, rate=5)
FIFTY_CARETS = Load(editors=50, rate=5, carets=True)
HUNDRED_TEXTS = Load(editors=3, rate=2, texts=100)
CROWDS = (Load(editors=200, rate=5), Load(editors=300, rate=2))
ALL_READING = Load(editors=150, rate=5, carets=True)
ONE_STALLED = Load(editors=150, rate=5, carets=True, stalled=True)


def in_turn(among: Sequence[Server], load: Load, rounds: int, what: str) -> Runs:
    """One round before them warms up and counts for nothing."""
    runs: Runs = {server.name: [] for server in among}
    for number in range(rounds + 1):
        with step(f"{what}, {f'round {number}' if number else 'warming up'}") as current:
            for server in among:
                run = play(server, load)
                current.title += f" · {server.name} {run}"
                if number:
                    runs[server.name].append(run)
    return runs


def column(runs: Runs, figure: str) -> dict[str, list[float]]:
    return {name: [getattr(run, figure) for run in found] for name, found in runs.items()}


def typing(stack: Stack, rounds: int) -> list[Comparison]:
    with running(stack, NAMES) as among:
        ten = in_turn(among, TEN, rounds, "10 editors × 5/s")
        fifty = in_turn(among, FIFTY, rounds, "50 editors × 5/s")
        carets = in_turn(among, FIFTY_CARETS, rounds, "50 editors with carets")
        hundred = in_turn(among, HUNDRED_TEXTS, rounds, "100 texts × 3 × 2/s")
    return [
        *figures("10 × 5/s", ten, p50=1.6, p99=1.2, cpu=0.7),
        *figures("50 × 5/s", fifty, p50=1.6, p99=0.8, cpu=0.75),
        *figures("50 × 5/s and carets", carets, cpu=0.6),
        *figures("100 texts × 3 × 2/s", hundred, p50=2.5, p99=1.0, cpu=0.9),
    ]


def figures(name: str, runs: Runs, **targets: float) -> list[Comparison]:
    def figure(title: str, key: str, unit: str, **target: Any) -> Comparison:
        return Comparison(f"{name}: {title}", unit, column(runs, key), **target)

    return [
        figure("delivered", "delivered", "share", at_least=1, every=True),
        figure("propagation p50", "p50", "ms", at_most=targets.get("p50")),
        figure("propagation p99", "p99", "ms", at_most=targets.get("p99")),
        figure("acknowledged p50", "acknowledged_p50", "ms", at_most=1.6),
        figure("CPU for 1,000 deliveries", "cpu", "ms", at_most=targets.get("cpu")),
        figure("the same in PostgreSQL", "postgres", "ms"),
        figure("memory", "memory", "MB"),
        figure("load generator", "generator", "cores"),
    ]


def crowds(stack: Stack, rounds: int) -> list[Comparison]:
    found = []
    with running(stack, (OURS, HOCUSPOCUS)) as among:
        for load in CROWDS:
            name = f"{load.editors} × {load.rate:.0f}/s"
            runs = in_turn(among, load, rounds, name)
            found += [
                Comparison(f"{name}: delivered", "share", column(runs, "delivered"),
                           at_least=1, every=True),
                Comparison(f"{name}: propagation p95", "ms", column(runs, "p95"),
                           at_most=250, absolute=True),
                Comparison(f"{name}: CPU for 1,000 deliveries", "ms", column(runs, "cpu")),
                Comparison(f"{name}: load generator", "cores", column(runs, "generator")),
            ]  # fmt: skip
    return found


def stalled(stack: Stack, rounds: int) -> list[Comparison]:
    """In turn with and without; each time a server that has seen nobody before."""
    runs: dict[bool, list[Run]] = {False: [], True: []}
    for number in range(1, rounds + 1):
        for load in (ALL_READING, ONE_STALLED):
            with running(stack, [OURS]) as [ours], step(f"Stalled reader, round {number}"):
                runs[load.stalled].append(play(ours, load))
    more = [a.memory - b.memory for a, b in zip(runs[True], runs[False], strict=True)]
    slower = [a.p95 / b.p95 for a, b in zip(runs[True], runs[False], strict=True)]
    return [
        Comparison("One of 150 stalled: p95 of the others", "with / without", {OURS: slower},
                   at_most=1.1, absolute=True),
        Comparison("One of 150 stalled: more memory", "MB", {OURS: more},
                   at_most=5, absolute=True),
    ]  # fmt: skip


def processes(stack: Stack, rounds: int) -> list[Comparison]:
    with running(stack, [OURS]) as [one], running(stack, [OURS], processes=2) as [two]:
        runs: dict[int, list[Run]] = {1: [], 2: []}
        for number in range(rounds + 1):
            with step(f"Two processes, round {number}"):
                for server in (one, two):
                    run = play(server, FIFTY)
                    if number:
                        runs[len(server.ports)].append(run)
    return [
        Comparison("Two processes, 50 × 5/s: delivered", "share",
                   {OURS: [run.delivered for run in runs[2]]}, at_least=1, every=True),
        *(
            Comparison(f"Two processes, 50 × 5/s: {title}", "two / one",
                       {OURS: [getattr(two, key) / getattr(one, key)
                               for one, two in zip(runs[1], runs[2], strict=True)]},
                       at_most=2, absolute=True)
            for title, key in (("propagation p50", "p50"), ("CPU", "cpu"))
        ),
    ]  # fmt: skip


ALL: dict[str, Callable[[Stack, int], list[Comparison]]] = {
    "typing": typing,
    "crowds": crowds,
    "stalled": stalled,
    "rate": rates.measure,
    "join": joining.measure,
    "kill": killing.measure,
    "processes": processes,
}
