"""A section's state: draft, in review, agreed, and back. Each change says who, when and why.

What is agreed nobody writes in any more. A change that somebody else sends in the same moment is
decided by the rows' locks: either it is committed before and belongs to what is agreed, or it is
checked after and refused.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from actionplan.models import Section, SectionStatusChange
from actionplan.services.sections import lock_section
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.archive import versions
from in4green.livetext.models import TextVersion
from in4green.livetext.services import recheck_text

Status = Section.Status


@transaction.atomic
def ask_review(section: Section, *, by: User, reason: str = "") -> Section:
    """From now on who is responsible goes on writing; the others propose."""
    section = _lock(section, Status.DRAFT)
    return _change(section, Status.IN_REVIEW, by=by, reason=reason)


@transaction.atomic
def approve(section: Section, *, by: User, reason: str = "") -> Section:
    """What its texts say is kept as a version each. Raises ValidationError where one is frozen."""
    section = _lock(section, Status.IN_REVIEW)
    with translation.override(section.plan.language):
        label = _("Agreed")
    for row in section.texts.order_by("text").select_related("text"):
        versions.save(row.text, by=by, label=label, kind=TextVersion.Kind.STATUS)
    return _change(section, Status.APPROVED, by=by, reason=reason)


@transaction.atomic
def reopen(section: Section, *, by: User, reason: str) -> Section:
    """A draft again, whether it was in review or agreed."""
    section = _lock(section, Status.IN_REVIEW, Status.APPROVED)
    return _change(section, Status.DRAFT, by=by, reason=reason)


def _lock(section: Section, *expected: str) -> Section:
    """Of two who click at once the second is told. Raises ValidationError."""
    section = lock_section(section)
    if section.is_deleted:
        raise ValidationError(_("This section is in the bin."), code="deleted")
    if section.status not in expected:
        raise ValidationError(
            _("Somebody was quicker: this section is now “%(status)s”.")
            % {"status": section.get_status_display()},
            code="status",
        )
    return section


def _change(section: Section, status: str, *, by: User, reason: str) -> Section:
    section.status = status
    section.save(update_fields=["status"])
    SectionStatusChange.objects.create(section=section, status=status, by=by, reason=reason)
    record(by, f"sections.{status}", section)
    recheck(section)
    return section


def recheck(section: Section) -> None:
    """What may be done with its texts has changed: doors close and open at once."""
    for row in section.texts.order_by("text").select_related("text"):
        recheck_text(row.text)
