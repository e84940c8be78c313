"""Opening a large text: in a server that has just started, then again, then many at once."""

import statistics

from bench.livetext import large, people
from bench.livetext.comparison import Comparison
from bench.livetext.generator import Generator, playing
from bench.livetext.servers import HOCUSPOCUS, OURS, Server, running
from bench.stack import Stack
from in4green.livetext import schema
from in4green.livetext.models import LiveText
from portal.steps import step

AT_ONCE = 200
WARM = 10
Figures = dict[str, float]


def measure(stack: Stack, rounds: int) -> list[Comparison]:
    found: dict[str, list[Figures]] = {OURS: [], HOCUSPOCUS: []}
    with running(stack, [HOCUSPOCUS]):  # makes its table
        text = large.write()
    for number in range(1, rounds + 1):
        for name, figures in found.items():
            with running(stack, [name]) as [server], step(f"Joins, {name}, {number}") as current:
                figures.append(joins(server, text))
                current.title += " · " + ", ".join(f"{k} {v:.1f}" for k, v in figures[-1].items())

    def figure(title: str, key: str, unit: str, at_most: float | None = None) -> Comparison:
        values = {name: [each[key] for each in figures] for name, figures in found.items()}
        return Comparison(f"Join, 500,000 characters: {title}", unit, values, at_most=at_most)

    return [
        figure("cold", "cold", "ms", 0.12),
        figure("warm", "warm", "ms", 0.15),
        figure("200 at once, CPU", "cpu", "ms", 0.15),
        figure("200 at once, the last one", "last", "ms"),
        figure("bytes", "kilobytes", "KB"),
    ]


def joins(server: Server, text: LiveText) -> Figures:
    job = {
        "server": server.name,
        "port": server.ports[0],
        "text": f"{text.pk}.{text.epoch}",
        "schema": schema.version(),
        "cookies": people.cookies(AT_ONCE),
        "total": large.recorded().total,
    }
    with playing("joining.mjs", **job) as generator:
        cold = join(generator, 1)
        warm = [join(generator, 1)[0]["time"] for _ in range(WARM)]
        cpu = server.cpu()
        many = join(generator, AT_ONCE)
        cpu = server.cpu() - cpu
    return {
        "cold": cold[0]["time"],
        "warm": statistics.median(warm),
        "cpu": cpu * 1000,
        "last": max(each["time"] for each in many),
        "kilobytes": cold[0]["bytes"] / 1000,
    }


def join(generator: Generator, count: int) -> list[dict[str, float]]:
    generator.say(count=count)
    joined: list[dict[str, float]] = generator.hear()["joined"]
    return joined
