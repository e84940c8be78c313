"""Snapshots: the whole text at one number, proven before it is kept.

A text is built from its newest snapshot and the log since then. Two that read the bytes in
different ways (the gate and the CRDT library) must have come equally far, and what is kept must
read as what was built; else nothing is kept and the text stays as the log tells it.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from in4green.livetext.archive.history import latest_snapshot, tail
from in4green.livetext.bell import ring
from in4green.livetext.content import render, tree
from in4green.livetext.content.validating import validate
from in4green.livetext.document import crdt
from in4green.livetext.gate import Limits, check
from in4green.livetext.gate.known import Known, read_state_vector
from in4green.livetext.models import LiveText, TextSnapshot

log = logging.getLogger("in4green.livetext")
COMMITTED = Limits.unlimited()


class Doubtful(ValueError):
    """The log doesn't make a text of which all is known."""


@dataclass(frozen=True)
class Material:
    """What a text is built from, as far as it was committed when it was read."""

    text: LiveText
    base: TextSnapshot | None
    rows: list[bytes]

    @property
    def seq(self) -> int:
        return (self.base.seq if self.base else 0) + len(self.rows)

    def states(self) -> list[bytes]:
        return [bytes(self.base.state) if self.base else b"", *self.rows]


def take(text: LiveText) -> TextSnapshot:
    """All that is committed now; the newest snapshot where nothing has come since.

    Raises Doubtful. Builds the text: where it might kill the process, ``quarantine`` keeps watch.
    """
    material = gather(text)
    if material.base and not material.rows:
        return material.base
    return store(material, build(material))


def gather(text: LiveText) -> Material:
    """Raises Doubtful where numbers are missing."""
    base = latest_snapshot(text)
    start = base.seq if base else 0
    rows = list(tail(text, start).values_list("seq", "payload"))
    if [seq for seq, _ in rows] != list(range(start + 1, start + len(rows) + 1)):
        raise Doubtful(f"numbers are missing after {start}")
    return Material(text, base, [bytes(payload) for _, payload in rows])


def build(material: Material) -> dict[str, Any]:
    """The fields of a snapshot. Raises Doubtful."""
    try:
        known = _known(material)
        doc = crdt.load(material.states())
        state, content = crdt.state(doc), crdt.content_json(doc)
        again = crdt.load([state])
        for built in (doc, again):
            if read_state_vector(crdt.state_vector(built)) != known.clocks:
                raise Doubtful("the gate has come further, or less far, than the document")
        if crdt.content_json(again) != content:
            raise Doubtful("the state reads in another way than the text that it was made of")
    except ValueError as error:
        raise Doubtful(f"{type(error).__name__}: {error}") from error
    vector, depths = known.to_bytes()
    return {
        "state": state,
        "state_vector": vector,
        "depths": depths,
        "content_json": content,
        "plain_text": render.to_text(content),
        "checksum": checksum(state),
        "misfits": validate(tree.to_json(crdt.read_all(doc))),
    }


def _known(material: Material) -> Known:
    known, base = Known(), material.base
    if base:
        known = Known.from_bytes(bytes(base.state_vector), bytes(base.depths))
    for payload in material.rows:
        known.apply(check(payload, known, COMMITTED))
    return known


def checksum(state: bytes) -> str:
    return hashlib.sha256(state).hexdigest()


@transaction.atomic
def store(material: Material, fields: dict[str, Any]) -> TextSnapshot:
    """Of two at once the first one counts."""
    text, seq = material.text, material.seq
    snapshot, is_new = TextSnapshot.objects.get_or_create(
        text=text, epoch=text.epoch, seq=seq, defaults=fields
    )
    mine = LiveText.objects.filter(pk=text.pk, epoch=text.epoch)
    mine.filter(snapshot_seq__lt=seq).update(snapshot_seq=seq)
    if is_new:
        ring(text=text.pk, snapshot=seq)
    if is_new and snapshot.misfits:
        log.error("text %s holds at %s what no editor can show: %s", text, seq, snapshot.misfits)
    return snapshot
