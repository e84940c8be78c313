"""What one view of the interest form costs the processor."""

from bench.figures import Figure, median
from bench.home import one_round
from bench.stack import Stack
from portal.steps import step

SECONDS = 4
ROUNDS = 5


def measure(stack: Stack) -> list[Figure]:
    from django.urls import reverse

    path = reverse("interest:form")
    one_round(stack, path, 1)
    costs, rates = [], []
    for number in range(1, ROUNDS + 1):
        with step(f"Round {number}") as current:
            rate, cost = one_round(stack, path, SECONDS)
            current.title += f": {cost:.2f} ms CPU, {rate:,.0f}/s"
        costs.append(cost)
        rates.append(rate)
    return [
        median("Page with the form: CPU of web", costs, "ms", at_most=8),
        median("Page with the form", rates, "/s"),
    ]
