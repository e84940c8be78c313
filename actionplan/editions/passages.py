"""A frozen text as passages that can be linked to, each under an id that its words make."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from actionplan.editions.pictures import id_of
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content

_HEADING = re.compile(r"(</?h)([2-4])(?=>)")
_EMPTY = {"type": "paragraph"}


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, list, table or picture."""

    id: str
    label: str  # such as 2.1-3
    html: SafeString


def passages(
    content: Content, *, anchor: str, number: str, below: int, tables: Mapping[str, SafeString]
) -> Iterator[Passage]:
    """``below``: the level of the heading that the text stands under."""
    met: Counter[str] = Counter()
    blocks = (block for block in content.get("content", []) if block != _EMPTY)
    for place, block in enumerate(blocks, 1):
        html = to_html({"type": "doc", "content": [block]}, tables=tables)
        digest = sha256(html.encode()).hexdigest()[:8]
        met[digest] += 1
        again = f"-{met[digest]}" if met[digest] > 1 else ""
        shown = html if block["type"] == "liveTable" else _lower(html, below - 1)
        yield Passage(f"{anchor}-{digest}{again}", f"{number}-{place}", shown)


def _lower(html: str, by: int) -> SafeString:
    """A text's own headings begin at the second level; here they stand below the section's."""
    lowered = _HEADING.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) + by, 6)}", html)
    return mark_safe(lowered)  # noqa: S308 - of to_html, with other numbers in its tags


def with_pictures(content: Content, kept: Collection[str]) -> Content:
    """With the addresses of the copies; without one for a picture that was not kept."""
    copy = dict(content)
    if copy.get("type") == "image":
        attributes = copy.get("attrs") or {}
        copy["attrs"] = {**attributes, "src": _address(attributes.get("src"), kept)}
    if "content" in copy:
        copy["content"] = [with_pictures(part, kept) for part in copy["content"]]
    return copy


def _address(src: str | None, kept: Collection[str]) -> str | None:
    pk = id_of(src) if src else None
    return reverse("plan:edition_picture", args=[pk]) if str(pk) in kept else None
