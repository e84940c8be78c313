"""The load generator: a Node process that plays a job and says what it measured."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from typing import Any

from bench.livetext.packages import INSTALLED
from portal import node
from portal.check import PRODUCTION

ORIGIN = PRODUCTION["BASE_URL"]


class Generator:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load generator ended with {self._process.wait()}")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def say(self, **said: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()


@contextlib.contextmanager
def playing(program: str, **job: Any) -> Iterator[Generator]:
    with subprocess.Popen(
        [node.program(), program],
        cwd=INSTALLED,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        generator = Generator(process)
        generator.say(origin=ORIGIN, **job)
        try:
            yield generator
        finally:
            process.kill()
