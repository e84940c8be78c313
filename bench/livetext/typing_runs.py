"""One run of recorded typing against one server."""

import math
from dataclasses import dataclass
from typing import Any

from bench.livetext import people
from bench.livetext.generator import Generator, playing
from bench.livetext.packages import recording
from bench.livetext.servers import Server, postgres_cpu
from in4green.livetext import schema


@dataclass(frozen=True)
class Load:
    """``rate`` is what each of the editors types in a second."""

    editors: int
    rate: float
    texts: int = 1
    seconds: float = 6
    carets: bool = False
    stalled: bool = False

    @property
    def keys(self) -> int:
        """Enough for each, however the pauses fall; rounded, so that recordings are shared."""
        return max(32, 1 << math.ceil(math.log2(self.rate * self.seconds * 1.2 + 10)))


@dataclass(frozen=True)
class Run:
    """Times in milliseconds; processor time in milliseconds for 1,000 deliveries."""

    delivered: float
    p50: float
    p95: float
    p99: float
    acknowledged_p50: float
    acknowledged_p99: float
    cpu: float
    postgres: float
    generator: float
    """Share of a core that the load generator used."""
    busy: float
    """Share of a core that the server used."""
    memory: float
    rate: float
    """Keys in a second, of all."""
    frames: int
    trouble: str
    """With which codes connections ended, and why updates were refused."""

    def __str__(self) -> str:
        times = f"p50 {self.p50:.1f}, p99 {self.p99:.1f} ms, CPU {self.cpu:.1f}"
        return f"{times}, {self.delivered:.1%}: {self.trouble}" if self.trouble else times


def play(server: Server, load: Load) -> Run:
    job = {
        "server": server.name,
        "ports": server.ports,
        "texts": people.new_names(load.texts),
        "cookies": people.cookies(load.editors),
        "recording": str(recording(load.editors, load.keys)),
        "rate": load.rate,
        "schema": schema.version(),
        "seconds": load.seconds,
        "carets": load.carets,
        "stalled": load.stalled,
    }
    with playing("load.mjs", **job) as generator:
        generator.hear()
        return measured(server, generator, load)


def measured(server: Server, generator: Generator, load: Load) -> Run:
    cpu, database = server.cpu(), postgres_cpu(server.stack)
    generator.say()
    heard = generator.hear()
    cpu, database = server.cpu() - cpu, postgres_cpu(server.stack) - database
    return run_from(heard, cpu, database, server.memory(), load.seconds)


def run_from(
    heard: dict[str, Any], cpu: float, database: float, memory: float, seconds: float
) -> Run:
    shown, acknowledged = heard["propagation"], heard["acknowledgement"]
    thousands = max(shown["count"], 1) / 1000
    delivered = shown["count"] / max(heard["expected"], 1)
    if delivered < 1:  # a run that loses something has no latency
        shown = acknowledged = dict.fromkeys(("p50", "p95", "p99"), math.inf)
    return Run(
        delivered=delivered,
        p50=shown["p50"],
        p95=shown["p95"],
        p99=shown["p99"],
        acknowledged_p50=acknowledged["p50"] or math.nan,
        acknowledged_p99=acknowledged["p99"] or math.nan,
        cpu=cpu * 1000 / thousands,
        postgres=database * 1000 / thousands,
        generator=heard["cpu"] / seconds,
        busy=cpu / seconds,
        memory=memory,
        rate=heard["rate"],
        frames=heard["frames"],
        trouble=", ".join(map(str, heard["closed"] + heard["refused"] + heard["missing"][:1])),
    )
