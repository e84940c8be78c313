"""What stands in many texts at once, with as many queries as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F

from in4green.livetext.archive.reading import EMPTY
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate


def contents(texts: Collection[LiveText]) -> dict[int, Content]:
    """By the id of the text. A quarantined one says what its last good snapshot says.

    All of one moment only within a transaction that sees nothing newer.
    """
    newest = _newest(texts)
    tails = _tails([text for text in texts if not text.quarantined_at])
    states = _states(newest[text] for text in tails if text in newest)
    found = {text: snapshot["content_json"] for text, snapshot in newest.items()}
    for text, updates in tails.items():
        base = [states[newest[text]["pk"]]] if text in newest else []
        found[text] = crdt.content_json(crdt.load([*base, *updates]))
    return {text.pk: found.get(text.pk, EMPTY) for text in texts}


def _newest(texts: Collection[LiveText]) -> dict[int, Any]:
    rows = TextSnapshot.objects.filter(
        text__in=texts, epoch=F("text__epoch"), seq=F("text__snapshot_seq")
    )
    return {row["text"]: row for row in rows.values("pk", "text", "content_json")}


def _tails(texts: Collection[LiveText]) -> dict[int, list[bytes]]:
    """What was written since the newest snapshot."""
    rows = TextUpdate.objects.filter(
        text__in=texts, epoch=F("text__epoch"), seq__gt=F("text__snapshot_seq")
    )
    tails = defaultdict(list)
    for text, payload in rows.order_by("text", "seq").values_list("text", "payload"):
        tails[text].append(bytes(payload))
    return tails


def _states(snapshots: Iterable[Any]) -> dict[int, bytes]:
    rows = TextSnapshot.objects.filter(pk__in=[snapshot["pk"] for snapshot in snapshots])
    return {pk: bytes(state) for pk, state in rows.values_list("pk", "state")}
