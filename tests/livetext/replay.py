"""What a plain replay of the log says."""

import pycrdt

from in4green.livetext import schema
from in4green.livetext.archive.history import state_at_head
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextUpdate


def stored_text(text: LiveText) -> str:
    text.refresh_from_db()
    doc = crdt.load([state_at_head(text)[0]])
    root = doc.get(schema.root(), type=pycrdt.XmlFragment)
    return "\n".join("".join(str(part) for part in block.children) for block in root.children)


def numbers(text: LiveText) -> list[int]:
    rows = TextUpdate.objects.filter(text=text).order_by("seq")
    return list(rows.values_list("seq", flat=True))
