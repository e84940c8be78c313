"""The text as the log and its snapshots tell it."""

from django.db.models import QuerySet

from in4green.livetext.document import crdt
from in4green.livetext.gate import Limits, check
from in4green.livetext.gate.known import Known
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate

COMMITTED = Limits.unlimited()


def latest_snapshot(text: LiveText) -> TextSnapshot | None:
    return TextSnapshot.objects.filter(text=text, epoch=text.epoch).order_by("-seq").first()


def tail(text: LiveText, after: int) -> QuerySet[TextUpdate]:
    """Updates beyond a number, in order; none of a quarantined text, which they would break."""
    rows = TextUpdate.objects.filter(text=text, epoch=text.epoch, seq__gt=after)
    return rows.none() if text.quarantined_at else rows.order_by("seq")


def state_at_head(text: LiveText) -> tuple[bytes, Known]:
    """The whole text as one update, and what the gate knows of it."""
    snapshot = latest_snapshot(text)
    payloads = _payloads(text, snapshot.seq if snapshot else 0)
    known = Known()
    if snapshot:
        known = Known.from_bytes(bytes(snapshot.state_vector), bytes(snapshot.depths))
        payloads.insert(0, bytes(snapshot.state))
    for payload in payloads[1 if snapshot else 0 :]:
        known.apply(check(payload, known, COMMITTED))
    return crdt.merge(payloads), known


def _payloads(text: LiveText, after: int) -> list[bytes]:
    return [bytes(payload) for payload in tail(text, after).values_list("payload", flat=True)]
