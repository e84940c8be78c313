"""A document becomes sections: read like any file, then parted, all at once or not at all."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from actionplan import outline, progress
from actionplan.importing.ownership import KIND
from actionplan.importing.parts import Document, Part, cut
from actionplan.models import Plan, PlanImport, Section
from actionplan.services.sections import add_section, lock
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.importing import pictures, queue, taking
from in4green.livetext.models import TextImport
from in4green.livetext.services import create_text

# Where a part goes, beside the key of a section.
LEFT_OUT, NEW = "", "new"
MOST_PARTS = 150


@transaction.atomic
def begin(plan: Plan, *, by: User) -> PlanImport:
    """The same again for whoever has begun already."""
    plan = lock(plan)
    there = plan.imports.filter(by=by).select_related("text").first()
    return there or PlanImport.objects.create(plan=plan, by=by, text=create_text(KIND))


def document(row: TextImport) -> Document:
    return cut(row.content)  # type: ignore[arg-type]  # of what has been read


@transaction.atomic
def take(row: TextImport, goals: Sequence[str], words: taking.Words, *, by: User) -> int:
    """``goals``: where each part goes. Answers how many were taken.

    What goes into a section that has a text is appended to it. Raises PermissionDenied, and
    ValidationError with a sentence; then nothing of it has happened.
    """
    claimed = taking.claim(row, by=by)
    begun = PlanImport.objects.select_related("plan").get(text=claimed.text_id)
    plan = lock(begun.plan)
    parts = cut(taking.described(claimed.content, words)).parts
    if len(parts) != len(goals):
        raise ValidationError(_("The file has changed meanwhile. Please look again."), code="gone")
    taker = _Taker(plan, claimed, by)
    for part, goal in zip(parts, goals, strict=True):
        taker.take(part, goal)
    record(by, "plans.imported", plan, sections=taker.taken)
    begun.text.delete()
    return taker.taken


class _Taker:
    """Knows under which section the next part comes."""

    def __init__(self, plan: Plan, row: TextImport, by: User) -> None:
        self.plan, self.row, self.by = plan, row, by
        standing = outline.in_order(progress.places(plan))
        self.places = {str(place.section.pk): place for place in standing}
        self.above: Section | None = None
        self.taken = 0

    def take(self, part: Part, goal: str) -> None:
        if goal == LEFT_OUT:
            self.above = None if part.depth == 1 else self.above
            return
        if part.is_too_long:
            raise ValidationError(_("“%(title)s” is too long for one text."), code="long",
                                  params={"title": part.title})  # fmt: skip
        section = self._new(part) if goal == NEW else self._there(goal)
        if part.depth == 1:
            self.above = section
        self._write(section, part)
        self.taken += 1

    def _there(self, goal: str) -> Section:
        if goal not in self.places:
            raise ValidationError(
                _("A section is no longer there. Please look again."), code="section"
            )
        found: Section = self.places[goal].section
        return found

    def _new(self, part: Part) -> Section:
        with override(self.plan.language):
            title = part.title or _("Preliminary remark")
        parent = self.above if part.depth == 2 else None
        place = self.places.get(str(parent.pk)) if parent else None
        if place and place.depth >= outline.DEEPEST:
            parent = place.above.section if place.above else None
        return add_section(self.plan, title=title, by=self.by, parent=parent)

    def _write(self, section: Section, part: Part) -> None:
        if not part.blocks:
            return
        text = section.texts.select_related("text").get(language=self.plan.language).text
        pictures.move(self.row.text, taking.addresses(part.blocks), to=text)
        taking.put(text, part.blocks, "append", by=self.by)


def discard(begun: PlanImport) -> None:
    """With the file that was read, and its pictures."""
    for row in begun.text.imports.all():
        queue.discard(row)
    begun.text.delete()


def mine(plan: Plan, user: Any) -> TextImport | None:
    """The file of this person that is on its way."""
    rows = TextImport.objects.filter(text__plan_import__plan=plan, by=user)
    found: TextImport | None = rows.select_related("text").first()
    return found
