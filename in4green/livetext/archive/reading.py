"""What stands in a text: now, and at an earlier number of its log."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from in4green.livetext.archive.history import state_at_head, tail
from in4green.livetext.content import live_tables
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextSnapshot
from in4green.livetext.owners import Tables, tables

NOTHING = SafeString("")
EMPTY: Content = {"type": "doc", "content": [{"type": "paragraph"}]}


def content(text: LiveText) -> Content:
    """At the number that ``text`` has, whatever was written since it was fetched.

    A quarantined text is never built: what its last good snapshot says is shown.
    """
    snapshot = _snapshot_before(text, text.head_seq)
    if snapshot and (text.quarantined_at or snapshot.seq == text.head_seq):
        found: Content = snapshot.content_json
        return found
    return EMPTY if text.quarantined_at else crdt.content_json(document(text))


def document(text: LiveText) -> crdt.Doc:
    """Raises crdt.Incomplete where the log has lost a row."""
    found = document_at(text, text.epoch, text.head_seq)
    return found or crdt.load([state_at_head(text)[0]])


def document_at(text: LiveText, epoch: int, seq: int) -> crdt.Doc | None:
    """None for another history, and where the log no longer reaches back that far."""
    if epoch != text.epoch or seq > text.head_seq:
        return None
    snapshot = _snapshot_before(text, seq)
    start = snapshot.seq if snapshot else 0
    rows = tail(text, start).filter(seq__lte=seq).values_list("payload", flat=True)
    payloads = [bytes(row) for row in rows]
    if len(payloads) != seq - start:
        return None
    return crdt.load([bytes(snapshot.state), *payloads] if snapshot else payloads)


def _snapshot_before(text: LiveText, seq: int) -> TextSnapshot | None:
    earlier = TextSnapshot.objects.filter(text=text, epoch=text.epoch, seq__lte=seq)
    return earlier.order_by("-seq").first()


def html(text: LiveText) -> SafeString:
    """Empty where nobody has written anything yet."""
    found = content(text)
    if found.get("content") in (None, [{"type": "paragraph"}]):
        return NOTHING
    return to_html(found, tables=_drawn(text, found))


def _drawn(text: LiveText, found: Content) -> Mapping[str, SafeString]:
    """The live tables that stand in it, as they are now; where there are none, nobody is asked."""
    shown = live_tables.shown_in(found)
    offered = tables(text) if shown else Tables()
    return offered.html([slug for slug in shown if slug in offered.slugs])
