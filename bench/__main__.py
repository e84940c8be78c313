"""``script/bench [--rounds N] [NAME …]``: measures and prints one table.

``script/bench livetext [--case NAME]`` compares with other servers and prints a table of its own.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence

import django

from bench import form, home, livetext, page, search, stack, start, weight
from bench.figures import Figure, surroundings, table
from portal import steps
from portal.steps import say

WITH_STACK: dict[str, Callable[[stack.Stack, int], list[Figure]]] = {
    "weight": weight.measure,
    "home": home.measure,
    "page": page.measure,
    "form": form.measure,
    "search": search.measure,
}
ALONE: dict[str, Callable[[int], list[Figure]]] = {"start": start.measure}
NAMES = (*WITH_STACK, *ALONE, "livetext")


def main(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="How fast the portal is.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join(NAMES)}")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement")
    parser.add_argument(
        "--case", action="append", choices=livetext.CASES, help="of livetext; all if none is named"
    )
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"there is no {', '.join(unknown)}: choose among {', '.join(NAMES)}")
    around = surroundings()
    names = asked.names or NAMES
    tables = [table(figures)] if (figures := list(measured(names, asked.rounds))) else []
    if "livetext" in names:
        tables.append(livetext.measure(asked.case or livetext.CASES, asked.rounds))
    say("\n\n".join(["", around, *tables]))
    return 0


def measured(names: Sequence[str], rounds: int) -> Iterator[Figure]:
    if needing := [name for name in WITH_STACK if name in names]:
        with stack.running() as everything:
            os.environ.update(everything.variables)
            django.setup()
            for name in needing:
                yield from WITH_STACK[name](everything, rounds)
    for name in ALONE.keys() & set(names):
        yield from ALONE[name](rounds)


if __name__ == "__main__":
    steps.prepare_terminal()
    sys.exit(main(*sys.argv[1:]))
