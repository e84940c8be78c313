"""What was read from a file comes into the text: an edit like any other, that can be undone."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from in4green.livetext import services
from in4green.livetext.archive import versions
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.importing import pictures
from in4green.livetext.importing.reading import images_in
from in4green.livetext.models import LiveText, TextImport, TextUpdate

_GONE = "gone"
How = Literal["append", "replace"]
# Words for each picture that had none; None for a picture that is to be left out.
Words = Mapping[str, str | None]


@transaction.atomic
def take(row: TextImport, how: How, words: Words, *, by: Any) -> TextUpdate | None:
    """None where the text says the same already. Raises PermissionDenied, and ValidationError.

    What is replaced stays as a version; blocks and words that stay keep their comments.
    """
    mine = claim(row, by=by)
    if not fits(mine):
        raise ValidationError(_("The text would become too long."), code="full")
    blocks = described(mine.content, words)["content"]
    if how == "replace" and mine.text.head_seq:
        versions.save(mine.text, by=by, label=_before(mine))
    update = put(mine.text, blocks, how, by=by)
    pictures.delete(mine.text, words.keys() - set(addresses(blocks)))
    mine.delete()
    return update


def claim(row: TextImport, *, by: Any) -> TextImport:
    """Within a transaction: nobody else takes or discards it. Raises ValidationError."""
    found = TextImport.objects.select_for_update(of=("self",)).select_related("text")
    mine: TextImport | None = found.filter(pk=row.pk, by=by, state=TextImport.State.READY).first()
    if mine is None:
        raise ValidationError(_("This file has been taken over or discarded already."), code="gone")
    return mine


def put(text: LiveText, blocks: list[Content], how: How, *, by: Any) -> TextUpdate | None:
    """An edit like any other. Raises PermissionDenied, and ValidationError for what is too long."""

    def change(doc: crdt.Doc) -> bytes | None:
        return crdt.replace(doc, _wanted(crdt.content_json(doc), blocks, how))

    return services.edit(text, change, by=by, kind=TextUpdate.Kind.IMPORT)


def addresses(blocks: list[Content]) -> list[str]:
    """Of the pictures that are shown there."""
    return [node["attrs"]["src"] for node in images_in({"type": "doc", "content": blocks})]


def fits(row: TextImport) -> bool:
    return bool(row.report["fits"] >= row.report["paragraphs"])


def _before(row: TextImport) -> str:
    return (_("Before “%(file)s” was taken over") % {"file": row.name[:80]})[:120]


def _wanted(now: Content, blocks: list[Content], how: How) -> Content:
    there = now["content"] if how == "append" else []
    if there == [{"type": "paragraph"}]:  # nobody has written yet
        there = []
    return {"type": "doc", "content": [*there, *blocks]}


def without_words(content: Content) -> list[str]:
    """Addresses of the pictures about which the file says nothing, each once."""
    silent = (node["attrs"]["src"] for node in images_in(content) if not node["attrs"]["alt"])
    return list(dict.fromkeys(silent))


def described(content: Any, words: Words) -> Content:
    """With words for every picture; raises ValidationError for one that has none."""
    result: Content = json.loads(json.dumps(content))
    for node in list(images_in(result)):
        if node["attrs"]["alt"]:
            continue
        said = words.get(node["attrs"]["src"], "")
        if said == "":
            raise ValidationError(_("Please say what each picture shows."), code="alt")
        if said is None:
            node["type"] = _GONE
        else:
            node["attrs"]["alt"] = said
    return _without_gone(result)


def _without_gone(content: Content) -> Content:
    """What held nothing but such a picture holds an empty paragraph: something must stand there."""
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if "content" in node:
            left = [child for child in node["content"] if child["type"] != _GONE]
            node["content"] = left or [{"type": "paragraph"}]
            waiting.extend(left)
    return content
