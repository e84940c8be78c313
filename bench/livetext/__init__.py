"""Live texts beside Hocuspocus and y-websocket: `bench/README.md` says what is measured."""

import os
from collections.abc import Iterable

import django

from bench import stack
from bench.livetext import packages
from portal.services import Services

CASES = ("typing", "crowds", "stalled", "rate", "join", "kill", "processes")
TABLES = ("migrate", "load_reference")


def measure(names: Iterable[str], rounds: int) -> str:
    packages.install()
    everything = stack.Stack(Services(stack.FOLDER, safe=True))
    try:
        everything.set_up(commands=TABLES)
        os.environ.update(everything.variables)
        django.setup()
        return compared(everything, names, rounds)
    finally:
        everything.stop()
        everything.services.stop(silently=True)


def compared(everything: stack.Stack, names: Iterable[str], rounds: int) -> str:
    # They need models, and models need Django to be set up.
    from bench.livetext import cases
    from bench.livetext.comparison import table

    found = [comparison for name in names for comparison in cases.ALL[name](everything, rounds)]
    return table(found)
