"""Whether a snapshot says what the log says."""

from in4green.livetext.archive.snapshots import checksum
from in4green.livetext.document import crdt
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.models import TextSnapshot, TextUpdate


def disagreement(earlier: TextSnapshot | None, later: TextSnapshot) -> str:
    """Plays the log from the earlier one (None: from nothing) to the later one; empty if equal.

    What is replayed has been built before, so it is safe to build.
    """
    start = earlier.seq if earlier else 0
    rows = TextUpdate.objects.filter(
        text=later.text_id, epoch=later.epoch, seq__gt=start, seq__lte=later.seq
    )
    payloads = [bytes(row) for row in rows.order_by("seq").values_list("payload", flat=True)]
    if len(payloads) != later.seq - start:
        return f"numbers are missing between {start} and {later.seq}"
    base = bytes(earlier.state) if earlier else b""
    return damage(later) or _difference(later, [base, *payloads], "the log")


def damage(snapshot: TextSnapshot) -> str:
    """Whether it is what was written, and each of its columns says the same."""
    state = bytes(snapshot.state)
    if checksum(state) != snapshot.checksum:
        return "the state is not what was written"
    return _difference(snapshot, [state], "the state")


def _difference(snapshot: TextSnapshot, states: list[bytes], name: str) -> str:
    try:
        doc = crdt.load(states)
    except ValueError as error:
        return f"{name} makes no text: {error}"
    if crdt.content_json(doc) != snapshot.content_json:
        return f"{name} and the content differ"
    if read_state_vector(crdt.state_vector(doc)) != read_state_vector(bytes(snapshot.state_vector)):
        return f"{name} and the state vector differ"
    return ""
