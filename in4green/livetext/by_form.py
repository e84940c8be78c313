"""Editing a text without JavaScript: what was typed meets what others wrote meanwhile.

The form carries the number that the text had when it was opened. What the person changed is a
change of *that* state; it is merged into the present one as a change from any editor is.
"""

import re
from dataclasses import dataclass
from typing import Any

from in4green.livetext import services
from in4green.livetext.archive import reading
from in4green.livetext.archive.history import state_at_head
from in4green.livetext.content import markup
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextUpdate
from in4green.livetext.owners import tables

_BASE = re.compile(r"(\d{1,9})\.(\d{1,18})")


@dataclass(frozen=True)
class Base:
    """Which state somebody began with."""

    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


def base_of(text: LiveText) -> Base:
    return Base(text.epoch, text.head_seq)


def read_base(written: str) -> Base:
    """A base that no text has, for what nobody's form says."""
    match = _BASE.fullmatch(written)
    return Base(int(match[1]), int(match[2])) if match else Base(0, 0)


@dataclass(frozen=True)
class Merge:
    """What saving would make of the text, and what that is to be compared with."""

    # The person's text as if nobody else had written; what stands there where the state that the
    # person began with is no longer kept, so that theirs would replace it.
    before: Content
    result: Content
    is_merged: bool
    # Whether the person has changed anything.
    is_change: bool


def merge(text: LiveText, base: Base, lines: str) -> Merge:
    """Writes nothing. Raises ValidationError, as ``markup.read`` does."""
    state, _known = state_at_head(text)
    now = crdt.content_json(crdt.load([state]))
    origin = reading.document_at(text, base.epoch, base.seq)
    began_with = crdt.content_json(origin) if origin else now
    mine = markup.read(lines, began_with, tables(text).slugs)
    update = crdt.replace(origin or crdt.load([state]), mine)
    result = crdt.content_json(crdt.load([state, update or b""]))
    return Merge(
        before=mine if origin else now,
        result=result,
        is_merged=origin is not None,
        is_change=mine != began_with,
    )


def save(text: LiveText, base: Base, lines: str, *, by: Any) -> TextUpdate | None:
    """Raises PermissionDenied and ValidationError; None where nothing was changed."""

    def change(head: crdt.Doc) -> bytes | None:
        origin = reading.document_at(text, base.epoch, base.seq) or head
        mine = markup.read(lines, crdt.content_json(origin), tables(text).slugs)
        return crdt.replace(origin, mine)

    return services.edit(text, change, by=by)
