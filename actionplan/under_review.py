"""What is to be looked through in a review: which sections, and what they say."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString

from actionplan import progress, records, tables
from actionplan.models import Review, Section, SectionText
from actionplan.outline import Place, in_order
from in4green.livetext.archive.several import contents
from in4green.livetext.content import live_tables
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content
from in4green.livetext.content.uncommented import uncommented

_PICTURE = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$")
EMPTY: tuple[Any, ...] = (None, [], [{"type": "paragraph"}])


def places(review: Review) -> list[Place]:
    """In the order of reading: those that were chosen, and what is part of them. Two queries."""
    chosen = set() if review.is_whole else set(review.sections.values_list("pk", flat=True))
    found: dict[Place, None] = {}
    for place in in_order(progress.places(review.plan)):
        if review.is_whole or place.section.pk in chosen or place.above in found:
            found[place] = None
    return list(found)


@dataclass(frozen=True)
class Reading:
    """A section in one language, as it reads now, without what was remarked beside it."""

    place: Place
    language: str
    html: SafeString

    @property
    def section(self) -> Section:
        return self.place.section


def read(
    found: list[Place], language: str, *, picture: Callable[[uuid.UUID], str] | None = None
) -> list[Reading]:
    """In ``language`` where something is written in it, else in the original.

    ``picture``: where this reader gets a picture, for whom its own address leads nowhere.
    """
    rows = _texts([place.section for place in found])
    said = contents([row.text for row in rows])
    return [_reading(place, rows, said, language, picture) for place in found]


def _texts(sections: list[Section]) -> list[SectionText]:
    texts = SectionText.objects.filter(section__in=sections)
    return list(texts.select_related("text", "section__plan__group"))


def _reading(
    place: Place,
    rows: list[SectionText],
    said: dict[int, Content],
    language: str,
    picture: Callable[[uuid.UUID], str] | None,
) -> Reading:
    own = [row for row in rows if row.section_id == place.section.pk]
    written = [row for row in own if said[row.text_id].get("content") not in EMPTY]
    best = sorted(written, key=lambda row: (row.language != language, not row.is_original))
    if not best:
        return Reading(place, "", SafeString(""))
    row = best[0]
    content = _led(uncommented(said[row.text_id]), picture)
    return Reading(place, row.language, to_html(content, tables=_drawn(row, content)))


def _drawn(row: SectionText, content: Content) -> dict[str, SafeString]:
    """Its tables as an edition would show them: nobody of the group is named in them."""
    shown = [slug for slug in live_tables.shown_in(content) if slug in tables.NAMES]
    if not shown:
        return {}
    with translation.override(row.language):
        record = records.of_plan(row.section.plan, inside=False, described=False)
    data = tables.of({**record, "language": row.language}, only=shown)
    return {slug: tables.html(slug, data[slug]) for slug in shown}


def _led(content: Content, picture: Callable[[uuid.UUID], str] | None) -> Content:
    """Its pictures at the addresses of this reader."""
    waiting = [content] if picture else []
    while waiting:
        node = waiting.pop()
        attributes = node.get("attrs") or {}
        found = _PICTURE.search(str(attributes.get("src")))
        if picture and node.get("type") == "image" and found:
            node["attrs"] = {**attributes, "src": picture(uuid.UUID(found[1]))}
        waiting.extend(node.get("content", []))
    return content
