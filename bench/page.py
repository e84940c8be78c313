"""What one view of the interest form costs the processor."""

from django.urls import reverse

from bench.figures import Figure, median
from bench.home import one_round
from bench.stack import Stack
from portal.steps import step

SECONDS = 4
ANEW = "?anew"
"""A page with a query is not kept: it is drawn for each visitor, as after an error."""


def measure(stack: Stack, rounds: int) -> list[Figure]:
    kept = reverse("interest:form")
    costs: dict[str, list[float]] = {kept: [], kept + ANEW: []}
    for number in range(rounds + 1):
        with step(f"Round {number}" if number else "Warming up") as current:
            for path in costs:
                rate, cost = one_round(stack, path, SECONDS if number else 1)
                current.title += f", {path} {cost:.2f} ms CPU ({rate:,.0f}/s)"
                if number:
                    costs[path].append(cost)
    return [
        median("Page with the form, CPU of web", costs[kept], "ms", at_most=8),
        median("The same drawn anew each time", costs[kept + ANEW], "ms", at_most=8),
    ]
