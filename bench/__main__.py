"""``script/bench [NAME …]``: measures and prints one table."""

import os
import sys
from collections.abc import Callable

from bench import form, home, page, stack, start, weight
from bench.figures import Figure, surroundings, table
from portal import steps
from portal.steps import say

WITH_STACK: dict[str, Callable[[stack.Stack], list[Figure]]] = {
    "weight": weight.measure,
    "home": home.measure,
    "page": page.measure,
    "form": form.measure,
}
ALONE: dict[str, Callable[[], list[Figure]]] = {"start": start.measure}


def main(*names: str) -> int:
    chosen = names or (*WITH_STACK, *ALONE)
    if unknown := set(chosen) - WITH_STACK.keys() - ALONE.keys():
        known = ", ".join((*WITH_STACK, *ALONE))
        sys.exit(f"✗ There is no {', '.join(unknown)}: choose among {known}.")
    around = surroundings()
    figures: list[Figure] = []
    if needing := [name for name in WITH_STACK if name in chosen]:
        figures += with_stack(needing)
    for name in ALONE.keys() & set(chosen):
        figures += ALONE[name]()
    say(f"\n{around}\n\n{table(figures)}")
    return 0


def with_stack(names: list[str]) -> list[Figure]:
    import django

    with stack.running() as everything:
        os.environ.update(everything.variables)
        django.setup()
        return [figure for name in names for figure in WITH_STACK[name](everything)]


if __name__ == "__main__":
    steps.prepare_terminal()
    sys.exit(main(*sys.argv[1:]))
