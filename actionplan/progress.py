"""How far a plan is, section by section: in a fixed number of queries, however many there are."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.translation import get_language

from actionplan.models import Plan, Section, SectionText
from actionplan.outline import Place, in_order, tree
from actionplan.querysets import SectionQuerySet
from in4green.livetext.models import LiveText, TextSnapshot

# As the editor counts them.
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
Status = Section.Status


@dataclass(frozen=True)
class Written:
    """A section's text in one language, its words as of the newest snapshot."""

    row: SectionText
    words: int
    original: LiveText | None

    @property
    def is_empty(self) -> bool:
        return self.row.text.head_seq == 0

    @property
    def is_older(self) -> bool:
        return self.original is not None and self.row.is_older_than(self.original)


@dataclass(frozen=True)
class Line:
    """A section where it stands, with what is known of it."""

    place: Place
    written: list[Written]
    children: list["Line"]

    @property
    def section(self) -> Section:
        return self.place.section

    @property
    def original(self) -> Written | None:
        return next((one for one in self.written if one.row.is_original), None)

    @property
    def translations(self) -> list[Written]:
        """Those that somebody has begun."""
        return [one for one in self.written if not (one.row.is_original or one.is_empty)]

    @property
    def url(self) -> str:
        """Where its text is read and written, in the reader's language if there is one."""
        mine = [one for one in self.translations if one.row.language == get_language()]
        found = next(iter(mine), self.original)
        return (found.row if found else self.section).get_absolute_url()

    @property
    def is_too_long(self) -> bool:
        limit = self.section.word_limit
        return limit is not None and self.original is not None and self.original.words > limit

    @property
    def days_late(self) -> int:
        return days_late(self.section)


def days_late(section: Section) -> int:
    """Since when it should have been agreed; 0 where it is in time, or agreed."""
    if section.due_on is None or section.status == Status.APPROVED:
        return 0
    return max((timezone.localdate() - section.due_on).days, 0)


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


def places(plan: Plan) -> list[Place]:
    """The tree alone: one query."""
    found = list(plan.sections.there())
    for section in found:
        section.plan = plan
    return tree(found)


def lines(plan: Plan) -> list[Line]:
    """The tree with responsible people, texts and their length."""
    found = _known(plan.sections.there(), plan)
    words = _words(text__section_text__section__plan=plan)
    return _lines(tree(found), words)


def line(section: Section) -> Line:
    """One of them; where it is in the bin it stands nowhere, and has the number of none."""
    [known] = _known(Section.objects.filter(pk=section.pk), section.plan)
    standing = (place for place in in_order(places(section.plan)) if place.section == known)
    place = next(standing, Place(known, "", 1))
    place.section = known
    return Line(place, _written(known, _words(text__section_text__section=known)), [])


def lines_in_bin(plan: Plan) -> list[Line]:
    """The last deleted first; how long they are is not counted."""
    binned = plan.sections.in_bin().select_related("deleted_by").order_by("-deleted_at", "pk")
    return [Line(Place(known, "", 1), _written(known, {}), []) for known in _known(binned, plan)]


def _known(rows: SectionQuerySet, plan: Plan) -> list[Section]:
    texts = Prefetch("texts", SectionText.objects.select_related("text", "matched_by"))
    found = list(rows.prefetch_related("responsible", texts))
    for section in found:
        section.plan = plan
        for row in section.texts.all():
            row.section = section
    return found


def _words(**which: Any) -> dict[int, int]:
    """By the id of the text."""
    newest = TextSnapshot.objects.filter(
        **which, epoch=F("text__epoch"), seq=F("text__snapshot_seq")
    )
    return {text: count_words(said) for text, said in newest.values_list("text", "plain_text")}


def _lines(found: list[Place], words: dict[int, int]) -> list[Line]:
    return [
        Line(place, _written(place.section, words), _lines(place.children, words))
        for place in found
    ]


def _written(section: Section, words: dict[int, int]) -> list[Written]:
    rows = sorted(section.texts.all(), key=lambda row: not row.is_original)
    original = next((row.text for row in rows if row.is_original), None)
    return [Written(row, words.get(row.text_id, 0), original) for row in rows]


@dataclass(frozen=True)
class Count:
    sections: int
    approved: int
    in_review: int
    late: int


def count(found: list[Line]) -> Count:
    sections = [place.section for place in in_order([line.place for line in found])]
    return Count(
        sections=len(sections),
        approved=sum(section.status == Status.APPROVED for section in sections),
        in_review=sum(section.status == Status.IN_REVIEW for section in sections),
        late=sum(days_late(section) > 0 for section in sections),
    )
