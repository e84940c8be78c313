"""Sends requests from a process of its own: at a fixed rate, or as fast as answers come.

At a fixed rate nobody waits for anybody, as among strangers, and a request's time counts from the
moment it was due, so that a server that falls behind can't make the load wait for it.
"""

import asyncio
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from portal.paths import PYTHON, ROOT

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
PATIENCE = 60
"""Seconds in which the last answer must have come."""


@dataclass(frozen=True)
class Outcome:
    statuses: dict[str, int]
    """How many answers had which status; ``0``: the connection broke, or none came in time."""
    times: list[float]
    """Seconds from when a request was due until its answer had come, in order."""
    lasted: float
    """Seconds from the first request until the last answer."""

    @property
    def rate(self) -> float:
        return len(self.times) / self.lasted

    def percentile(self, percent: float) -> float:
        """The nearest rank, in milliseconds."""
        times = sorted(self.times)
        rank = max(1, round(len(times) * percent / 100))
        return times[rank - 1] * 1000


def at_rate(port: int, requests: list[str], rate: float) -> Outcome:
    return in_own_process({"port": port, "requests": requests, "rate": rate})


def as_fast_as_possible(port: int, request: str, *, seconds: float, visitors: int) -> Outcome:
    """``visitors`` connections, each of which asks again as soon as it has been answered."""
    job = {"port": port, "requests": [request], "seconds": seconds, "visitors": visitors}
    return in_own_process(job)


def in_own_process(job: dict[str, Any]) -> Outcome:
    done = subprocess.run(
        [PYTHON, "-m", "bench.load"],
        input=json.dumps(job),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Outcome(**json.loads(done.stdout))


class Connection(asyncio.Protocol):
    """One kept-alive connection; ``answered`` hears the status of each answer."""

    def __init__(self, load: "Load") -> None:
        self.load = load
        self.due: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, request: bytes, due: float) -> None:
        self.due, self.received, self.missing = due, b"", -1
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.received += data
            head, end, body = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            length = LENGTH.search(head)
            self.missing = (int(length[1]) if length else 0) - len(body)
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            self.finish(self.received[9:12].decode())

    def connection_lost(self, error: Exception | None) -> None:
        self.load.idle = [other for other in self.load.idle if other is not self]
        if self.due is not None:
            self.finish("0")

    def finish(self, status: str) -> None:
        assert self.due is not None
        due, self.due = self.due, None
        self.load.answered(self, status, due)


class Load:
    def __init__(self, port: int, requests: list[str]) -> None:
        self.port = port
        self.requests = [request.encode() for request in requests]
        self.idle: list[Connection] = []
        self.statuses: Counter[str] = Counter()
        self.times: list[float] = []
        self.until = 0.0
        self.open = 0
        self.done = asyncio.Event()

    def answered(self, connection: Connection, status: str, due: float) -> None:
        now = perf_counter()
        self.times.append(now - due)
        self.statuses[status] += 1
        self.last = now
        if now < self.until and status != "0":
            connection.send(self.requests[0], now)
            return
        if status != "0":
            self.idle.append(connection)
        self.open -= 1
        if not self.open:
            self.done.set()

    async def at_rate(self, rate: float) -> None:
        self.open = len(self.requests)
        self.begun = perf_counter()
        sending = []
        for number, request in enumerate(self.requests):
            due = self.begun + number / rate
            if (pause := due - perf_counter()) > 0:
                await asyncio.sleep(pause)
            if self.idle:
                self.idle.pop().send(request, due)
            else:
                sending.append(asyncio.create_task(self.send_anew(request, due)))
        await self.wait(PATIENCE)

    async def send_anew(self, request: bytes, due: float) -> None:
        connection = await self.connect()
        connection.send(request, due)

    async def as_fast_as_possible(self, seconds: float, visitors: int) -> None:
        connections = [await self.connect() for _ in range(visitors)]
        self.open = visitors
        self.begun = perf_counter()
        self.until = self.begun + seconds
        for connection in connections:
            connection.send(self.requests[0], perf_counter())
        await self.wait(seconds + PATIENCE)

    async def wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.done.wait(), seconds)
        except TimeoutError:
            self.statuses["0"] += self.open

    async def connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(lambda: Connection(self), "127.0.0.1", self.port)
        return made


async def main(job: dict[str, Any]) -> dict[str, Any]:
    load = Load(job["port"], job["requests"])
    if "rate" in job:
        await load.at_rate(job["rate"])
    else:
        await load.as_fast_as_possible(job["seconds"], job["visitors"])
    lasted = load.last - load.begun
    return {"statuses": dict(load.statuses), "times": load.times, "lasted": lasted}


if __name__ == "__main__":
    json.dump(asyncio.run(main(json.load(sys.stdin))), sys.stdout)
