"""What stands in a text: now, and at an earlier number of its log."""

from collections.abc import Mapping
from typing import NamedTuple

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


class Read(NamedTuple):
    content: Content
    # Bytes of its newest snapshot: how long it has become.
    size: int


def content(text: LiveText) -> Content:
    return read(text).content


def read(text: LiveText) -> Read:
    """At the number that ``text`` has, whatever was written since it was fetched.

    A quarantined text is never built: what its last good snapshot says is shown.
    """
    snapshot = _snapshot_before(text, text.head_seq)
    size = len(snapshot.state) if snapshot else 0
    if snapshot and (text.quarantined_at or snapshot.seq == text.head_seq):
        return Read(snapshot.content_json, size)
    if text.quarantined_at:
        return Read(EMPTY, size)
    doc = _since(snapshot, text, text.head_seq) or _whole(text)
    return Read(crdt.content_json(doc), size)


def document(text: LiveText) -> crdt.Doc:
    """Raises crdt.Incomplete where the log has lost a row."""
    return document_at(text, text.epoch, text.head_seq) or _whole(text)


def document_at(text: LiveText, epoch: int, seq: int) -> crdt.Doc | None:
    """None for another history, and where the log no longer reaches back that far."""
    if epoch != text.epoch or seq > text.head_seq:
        return None
    return _since(_snapshot_before(text, seq), text, seq)


def _since(snapshot: TextSnapshot | None, text: LiveText, seq: int) -> crdt.Doc | None:
    start = snapshot.seq if snapshot else 0
    rows = tail(text, start).filter(seq__lte=seq).values_list("payload", flat=True)
    payloads = [bytes(row) for row in rows]
    if len(payloads) != seq - start:
        return None
    return crdt.load([bytes(snapshot.state), *payloads] if snapshot else payloads)


def _whole(text: LiveText) -> crdt.Doc:
    return crdt.load([state_at_head(text)[0]])


def _snapshot_before(text: LiveText, seq: int) -> TextSnapshot | None:
    earlier = TextSnapshot.objects.filter(text=text, epoch=text.epoch, seq__lte=seq)
    return earlier.order_by("-seq").first()


def html(text: LiveText) -> SafeString:
    """Empty where nobody has written anything yet."""
    return html_of(text, content(text))


def html_of(text: LiveText, found: Content) -> SafeString:
    """The same, for whoever has its content already."""
    if found.get("content") in (None, [{"type": "paragraph"}]):
        return NOTHING
    return to_html(found, tables=_drawn(text, found))


def _drawn(text: LiveText, found: Content) -> Mapping[str, SafeString]:
    """The live tables that stand in it, as they are now; where there are none, nobody is asked."""
    shown = live_tables.shown_in(found)
    offered = tables(text) if shown else Tables()
    return offered.html([slug for slug in shown if slug in offered.slugs])
