"""The whole plan as JSON: what an edition freezes, and what files are made of.

``collect`` is the only way from the database into it; whoever draws a page or a file of it needs
nothing else. Amounts are strings ("1234.50"), days ISO 8601; what is not known is None or "".
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation

from actionplan import records
from actionplan.models import Plan, Section, SectionText
from in4green.livetext.archive.several import contents
from in4green.livetext.content.tree import Content
from in4green.livetext.content.uncommented import uncommented

Record = dict[str, Any]
VERSION = 1  # of this form; raised when a reader of an earlier one would stumble
_NOTHING: tuple[Any, ...] = ([], [{"type": "paragraph"}])


def collect(plan: Plan, language: str, *, inside: bool = False) -> Record:
    """What the plan says in one language, all of it as of now; the number of queries
    does not grow with it.

    Where a section is not translated, its ``language`` is the one that its text is in. Without
    ``inside`` nothing is in it that strangers may not see: no member's name, no draft of a
    practice. All of one moment only within a transaction that sees nothing newer.
    """
    with translation.override(language):
        return {
            "version": VERSION,
            "language": language,
            "languages": plan.languages,
            "original": plan.language,
            "plan": plan.slug,
            "title": str(plan),
            "group": plan.group.name,
            "city": plan.group.city.name,
            "country": plan.group.city.country,
            "status": plan.status,
            "statuses": _statuses(plan),
            "collected_at": timezone.now().isoformat(),
            "sections": list(_sections(plan, language)),
            **records.of_plan(plan, inside=inside),
        }


def _statuses(plan: Plan) -> list[Record]:
    """When it reached which; the earliest first."""
    changes = plan.status_changes.order_by("happened_on", "pk")
    return [{"status": one.status, "on": one.happened_on.isoformat()} for one in changes]


def _sections(plan: Plan, language: str) -> Iterator[Record]:
    """In the order of reading; a part of a section comes after it, one ``level`` deeper."""
    texts = Prefetch("texts", SectionText.objects.select_related("text"))
    rows = list(plan.sections.there().prefetch_related(texts))
    said = contents([text.text for row in rows for text in row.texts.all()])
    below = defaultdict(list)
    for row in rows:
        row.plan = plan
        below[row.parent_id].append(row)
    waiting = [(row, f"{n}") for n, row in enumerate(below[None], 1)][::-1]
    while waiting:
        row, number = waiting.pop()
        yield {**_facts(row, number), **_text(row, language, said)}
        parts = [(part, f"{number}.{n}") for n, part in enumerate(below[row.pk], 1)]
        waiting.extend(reversed(parts))


def _facts(row: Section, number: str) -> Record:
    return {
        "id": row.pk,
        "part_of": row.parent_id,
        "key": row.key,
        "number": number,
        "level": number.count(".") + 1,
        "title": str(row),
        "status": row.status,
    }


def _text(row: Section, language: str, said: dict[int, Content]) -> Record:
    """In this language, else in that of the original; without comments."""
    texts = {one.language: one for one in row.texts.all()}
    original = texts.get(row.plan.language)
    for each in (language, row.plan.language):
        if each in texts and (content := said[texts[each].text_id]).get("content") not in _NOTHING:
            is_older = original is not None and texts[each].is_older_than(original.text)
            return {
                "language": each,
                "is_older": is_older and not texts[each].is_original,
                "content": uncommented(content),
            }
    return {"language": None, "is_older": False, "content": None}
