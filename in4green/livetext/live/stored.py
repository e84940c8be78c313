"""What the database holds of a text, as a room needs it."""

from dataclasses import dataclass

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
    text = await link.rows(statements.TEXT, text_id, epoch)
    if not text:
        return None
    _head, perm_version, frozen = text[0]
    snapshots = await link.rows(statements.SNAPSHOT, text_id, epoch)
    base_seq, base, vector, depths = snapshots[0] if snapshots else (0, EMPTY_UPDATE, b"", b"")
    # A frozen text is what its last good snapshot says: the rest might break whoever builds it.
    rows = [] if frozen else await link.rows(statements.ROWS, text_id, epoch, base_seq)
    owners = dict(await link.rows(statements.CLIENTS, text_id, epoch))
    known = Known.from_bytes(vector, depths) if snapshots else Known()
    for _seq, _author, payload in rows:
        learn(known, payload)
    return Stored(perm_version, frozen, base_seq, base, rows, known, owners)


def learn(known: Known, payload: bytes) -> bool:
    """Whether it brings what was there already: then only the log's order tells what counts."""
    scan = check(payload, known, COMMITTED)
    repeats = scan.repeats(known)
    known.apply(scan)
    return repeats
