"""What connections say of who is here, for tests."""

import json
from typing import Any

import pycrdt

from in4green.livetext import wire
from in4green.livetext.gate.lib0 import var_bytes, var_uint
from tests.livetext.live import Writer

END = {"tname": "prosemirror", "assoc": 0}
AT_THE_END = {"anchor": END, "head": END}


def present(writer: Writer, state: Any, *, clock: int = 1, client: int = 0) -> None:
    """``state`` is JSON in bytes, or what becomes it; by default under the writer's own id."""
    said = state if isinstance(state, bytes) else json.dumps(state).encode()
    entry = var_uint(client or writer.doc.client_id) + var_uint(clock) + var_bytes(said)
    writer.send(wire.awareness(var_uint(1) + entry))


class Seen:
    """Who is here for one person, by the protocol's own rules for news and old news."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.awareness = pycrdt.Awareness(pycrdt.Doc())
        self.taken = 0

    def states(self) -> dict[int, Any]:
        for payload in self.writer.awareness[self.taken :]:
            self.awareness.apply_awareness_update(payload, "")
        self.taken = len(self.writer.awareness)
        return dict(self.awareness.states)

    def cursor(self, writer: Writer) -> Any:
        """None also where there is nobody."""
        return self.states().get(writer.doc.client_id, {}).get("cursor")

    def has(self, writer: Writer) -> bool:
        return writer.doc.client_id in self.states()

    def wait_for(self, writer: Writer, *, here: bool = True) -> None:
        self.writer.wait_for(lambda: self.has(writer) == here)

    def wait_for_caret(self, writer: Writer, cursor: Any) -> None:
        self.writer.wait_for(lambda: self.cursor(writer) == cursor)

    def wait_for_clock(self, writer: Writer, clock: int) -> None:
        """Until what it has counted so is shown."""

        def counted() -> bool:
            self.states()
            meta = self.awareness.meta.get(writer.doc.client_id, {"clock": -1})
            return bool(meta["clock"] >= clock)

        self.writer.wait_for(counted)
