"""What happens to a note: begun, renamed, closed, opened again. Its text is ``livetext``'s."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Note, User, WorkingGroup
from groups.notebook import KIND
from in4green.activity.services import record
from in4green.livetext.archive import versions
from in4green.livetext.models import TextVersion
from in4green.livetext.services import create_text, recheck_text, tell_changed


@transaction.atomic
def begin_note(group: WorkingGroup, *, title: str, by: User) -> Note:
    note = Note.objects.create(group=group, title=title, text=create_text(KIND), created_by=by)
    record(by, "notes.begun", note)
    return note


@transaction.atomic
def rename_note(note: Note, *, title: str, by: User) -> Note:
    """Whoever has the note open sees the new title."""
    note = _lock(note)
    if note.title != title:
        note.title = title
        note.save(update_fields=["title"])
        record(by, "notes.renamed", note)
        tell_changed(note.text, "title")
    return note


@transaction.atomic
def close_note(note: Note, *, by: User) -> Note:
    """From now on the group reads it; what it says is kept as a version.

    Raises ValidationError for a note that is closed, and for a text that can only be read.
    """
    note = _lock(note)
    if note.is_closed:
        raise ValidationError(_("This note is closed already."), code="closed")
    versions.save(note.text, by=by, kind=TextVersion.Kind.STATUS)
    return _set_closed(note, timezone.now(), by=by, action="notes.closed")


@transaction.atomic
def reopen_note(note: Note, *, by: User) -> Note:
    """Raises ValidationError for a note that is open."""
    note = _lock(note)
    if not note.is_closed:
        raise ValidationError(_("This note is open already."), code="open")
    return _set_closed(note, None, by=by, action="notes.reopened")


def _set_closed(note: Note, at: Any, *, by: User, action: str) -> Note:
    note.closed_at = at
    note.save(update_fields=["closed_at"])
    record(by, action, note)
    recheck_text(note.text)
    return note


def _lock(note: Note) -> Note:
    """Two people who click at once are told by whom the first click was; see the log."""
    return Note.objects.select_for_update(of=("self",)).select_related("text").get(pk=note.pk)
