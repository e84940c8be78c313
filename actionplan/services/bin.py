"""Deleted sections wait in a bin: what they say can be read there, and they can come back.

After that they go with their texts and all that these were: nobody is to find in a database what
a group has thrown away.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import Plan, Section
from actionplan.outline import DEEPEST, Place, in_order, tree
from actionplan.services.sections import lock, next_position
from actionplan.services.states import recheck
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.images import delete_text
from in4green.livetext.models import LiveText


@transaction.atomic
def delete_section(section: Section, *, by: User) -> list[Section]:
    """With its parts. Who writes in one of them meanwhile: what is committed stays in the bin."""
    now = timezone.now()
    gone = [place.section for place in in_order([_place(lock(section.plan), section)])]
    for one in gone:
        one.deleted_at, one.deleted_by = now, by
        one.save(update_fields=["deleted_at", "deleted_by"])
        recheck(one)
    record(by, "sections.deleted", section, rows=len(gone))
    return gone


@transaction.atomic
def restore_section(section: Section, *, by: User) -> Section:
    """With the parts that were deleted with it; at the end of what it was a part of, or of the
    plan where that is not there. Raises ValidationError for what is there already."""
    plan = lock(section.plan)
    place = _in_bin(plan, section)
    section = place.section
    section.parent = _room_for(place, plan)
    section.position = next_position(plan, section.parent)
    for one in in_order([place]):
        one.section.deleted_at = one.section.deleted_by = None
        one.section.save(update_fields=["deleted_at", "deleted_by", "parent", "position"])
        recheck(one.section)
    record(by, "sections.restored", section)
    return section


def _in_bin(plan: Plan, section: Section) -> Place:
    section = plan.sections.get(pk=section.pk)
    together = plan.sections.in_bin().filter(deleted_at=section.deleted_at)
    for place in in_order(tree(together)):
        if place.section.pk == section.pk:
            return place
    raise ValidationError(_("This section is not in the bin."), code="there")


def _place(plan: Plan, section: Section) -> Place:
    for place in in_order(tree(plan.sections.there())):
        if place.section.pk == section.pk:
            return place
    raise ValidationError(_("This section is in the bin already."), code="deleted")


def _room_for(place: Place, plan: Plan) -> Section | None:
    """What it was a part of, if that is there and not too deep by now."""
    for above in in_order(tree(plan.sections.there())):
        if above.section.pk == place.section.parent_id:
            return above.section if above.depth + place.height <= DEEPEST else None
    return None


@transaction.atomic
def empty_bin() -> int:
    """What has waited long enough is deleted for good, with its texts; returns how many."""
    before = timezone.now() - settings.ACTIONPLAN["BIN"]
    old = Section.objects.in_bin().filter(deleted_at__lt=before)
    rows = list(old.select_for_update().order_by("pk"))
    texts = list(LiveText.objects.filter(section_text__section__in=rows))
    for place in reversed(list(in_order(tree(rows)))):
        place.section.delete()
    for text in texts:
        delete_text(text)
    if rows:
        record(None, "sections.deleted_after_period", rows=len(rows))
    return len(rows)
