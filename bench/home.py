"""The home page for strangers, beside a page on which there is nothing."""

from bench import load
from bench.figures import Figure, median
from bench.stack import Stack
from portal.steps import step

SECONDS = 5
VISITORS = 16


def measure(stack: Stack, rounds: int) -> list[Figure]:
    rates: dict[str, list[float]] = {"/": [], "/empty/": []}
    costs: dict[str, list[float]] = {"/": [], "/empty/": []}
    for number in range(rounds + 1):
        with step(f"Round {number}" if number else "Warming up") as current:
            for path in rates:
                rate, cost = one_round(stack, path, SECONDS if number else 1)
                current.title += f", {path} {rate:,.0f}/s ({cost:.2f} ms CPU)"
                if number:
                    rates[path].append(rate)
                    costs[path].append(cost)
    ratios = [home / empty for home, empty in zip(rates["/"], rates["/empty/"], strict=True)]
    cpu = [empty / home for home, empty in zip(costs["/"], costs["/empty/"], strict=True)]
    return [
        median("Home for strangers", rates["/"], "/s"),
        median("Empty page with the same middleware", rates["/empty/"], "/s"),
        median("Home / empty page, requests per second", ratios, at_least=0.5),
        median("The same by CPU of web", cpu),
    ]


def one_round(stack: Stack, path: str, seconds: float) -> tuple[float, float]:
    """Answers in a second, and milliseconds of CPU for each."""
    before = stack.cpu("web")
    outcome = load.as_fast_as_possible(
        stack.port, stack.request(path), seconds=seconds, visitors=VISITORS
    )
    assert outcome.statuses.keys() == {"200"}, outcome.statuses
    return outcome.rate, (stack.cpu("web") - before) / len(outcome.times) * 1000
