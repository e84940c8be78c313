"""What happens to the texts of a meeting: begun, approved, opened again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from in4green.livetext.archive import versions
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextUpdate, TextVersion
from in4green.livetext.services import create_text, edit, recheck_text
from meetings import drafting
from meetings.models import Meeting, MeetingText, Printout, Session
from meetings.services import printouts
from meetings.services.entering import lock


@transaction.atomic
def begin_minutes(meeting: Meeting, *, by: User, session: Session | None = None) -> MeetingText:
    """With the agenda in it. Who comes second finds what the first has begun."""
    lock(meeting)
    kind = MeetingText.Kind.MINUTES
    found = MeetingText.objects.filter(meeting=meeting, kind=kind, session=session).first()
    return found or begin(meeting, kind, by=by, session=session, content=drafting.minutes)


def begin(
    meeting: Meeting, kind: str, *, by: User, content: Any, session: Session | None = None
) -> MeetingText:
    """``content(row)`` is what it begins with. Call under ``lock``."""
    row = MeetingText.objects.create(
        meeting=meeting, kind=kind, session=session, text=create_text(kind), begun_by=by
    )
    write(row.text, content(row), by=by)
    record(by, f"{kind}.begun", row)
    return row


def write(text: LiveText, content: Content, *, by: User) -> TextUpdate | None:
    """In place of what stands there, as an edit of this person."""
    kind = TextUpdate.Kind.IMPORT
    return edit(text, lambda doc: crdt.replace(doc, content), by=by, kind=kind)


@transaction.atomic
def approve(row: MeetingText, *, by: User) -> MeetingText:
    """What it says is kept as a version and as files; nobody writes on, the record may show it.

    Raises ValidationError for what is approved, and for a text that can only be read.
    """
    row = _lock(row)
    if row.is_approved:
        raise ValidationError(_("This text is approved already."), code="approved")
    with translation.override(row.meeting.written_in):
        label = _("Approved")
    versions.save(row.text, by=by, label=label, kind=TextVersion.Kind.STATUS)
    row.approved_at, row.approved_by = timezone.now(), by
    row.text.refresh_from_db()
    for kind in Printout.Format.values:
        printouts.ask(row, kind)
    return _keep(row, by, "approved")


@transaction.atomic
def reopen(row: MeetingText, *, by: User) -> MeetingText:
    """The public doesn't see it until it is approved again. Raises ValidationError."""
    row = _lock(row)
    if not row.is_approved:
        raise ValidationError(_("This text is open already."), code="open")
    row.approved_at = row.approved_by = None
    return _keep(row, by, "reopened")


def _keep(row: MeetingText, by: User, what: str) -> MeetingText:
    row.save(update_fields=["approved_at", "approved_by"])
    record(by, f"{row.kind}.{what}", row)
    recheck_text(row.text)
    return row


def _lock(row: MeetingText) -> MeetingText:
    """Two people who click at once: the second is told."""
    rows = MeetingText.objects.select_for_update(of=("self",))
    return rows.select_related("text", "meeting").get(pk=row.pk)
