"""The real live application that kills itself at one point of a chosen commit.

FAULT=committed FAULT_AT=20 uvicorn tests.livetext.faulty:application
"""

import os
import signal
from typing import Any

from in4green.asgi import application
from in4green.livetext.live import peers, room, writer

POINT = os.environ["FAULT"]  # received, committed, acknowledged or shown
AT = int(os.environ["FAULT_AT"])
seen = 0


def die_when_due(*_: Any) -> None:
    global seen
    seen += 1
    if seen == AT:
        os.kill(os.getpid(), signal.SIGKILL)


def then_die(owner: Any, name: str) -> None:
    real = getattr(owner, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        answer = real(*arguments, **named)
        die_when_due()
        return answer

    setattr(owner, name, wrapped)


def die_first(owner: Any, name: str) -> None:
    real = getattr(owner, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        die_when_due()
        return real(*arguments, **named)

    setattr(owner, name, wrapped)


if POINT == "received":
    die_first(room.Room, "submit")
elif POINT == "committed":
    die_first(writer.Writer, "_resolve")
elif POINT == "acknowledged":
    then_die(peers.Peer, "acknowledge")
elif POINT == "shown":
    then_die(room.Room, "_show")

__all__ = ["application"]
