"""What the database holds of a text, as a room needs it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from in4green.livetext.gate import Known, Limits, check
from in4green.livetext.live import statements
from in4green.livetext.live.database import Link
from in4green.livetext.wire import EMPTY_UPDATE

Row = tuple[int, int | None, bytes]  # number, author, update
# What is in the log has passed the gate, perhaps under higher limits.
COMMITTED = Limits.unlimited()


@dataclass
class Stored:
    perm_version: int
    frozen: bool
    base_seq: int
    base: bytes
    rows: list[Row]
    known: Known
    owners: dict[int, int | None]  # client id to user

    @property
    def head(self) -> int:
        return self.rows[-1][0] if self.rows else self.base_seq


async def load(link: Link, text_id: int, epoch: int) -> Stored | None:
    """None where the text is gone, or lives in another epoch."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for what, *columns in await link.rows(statements.STORED, *(text_id, epoch) * 4):
        found[what].append(tuple(columns))
    if not found["text"]:
        return None
    [(perm_version, frozen, *_)] = found["text"]
    known, base_seq, base = Known(), 0, EMPTY_UPDATE
    if found["snapshot"]:
        [(base_seq, _, base, vector, depths)] = found["snapshot"]
        known = Known.from_bytes(vector, depths)
    # A frozen text is what its last good snapshot says: the rest might break whoever builds it.
    rows = [] if frozen else [row[:3] for row in found["update"]]
    owners = {client_id: user_id for client_id, user_id, *_ in found["client"]}
    for _seq, _author, payload in rows:
        learn(known, payload)
    return Stored(perm_version, bool(frozen), base_seq, base, rows, known, owners)


def learn(known: Known, payload: bytes) -> bool:
    """Whether it brings what was there already: then only the log's order tells what counts."""
    scan = check(payload, known, COMMITTED)
    repeats = scan.repeats(known)
    known.apply(scan)
    return repeats
