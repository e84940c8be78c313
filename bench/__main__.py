"""``script/bench [--rounds N] [NAME …]``: measures and prints one table.

``script/bench livetext [--case NAME]`` compares with other servers and prints a table of its own.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

import django

from bench import livetext, stack, start
from bench.figures import Figure, surroundings, table
from portal import steps
from portal.steps import say

# Modules beside this one; some can be imported only once the settings are there.
WITH_STACK = ("weight", "home", "page", "form", "search", "reading", "exports")
NAMES = (*WITH_STACK, "start", "livetext")


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
                yield from import_module(f"bench.{name}").measure(everything, rounds)
    if "start" in names:
        yield from start.measure(rounds)


if __name__ == "__main__":
    steps.prepare_terminal()
    sys.exit(main(*sys.argv[1:]))
