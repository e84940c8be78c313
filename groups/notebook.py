"""The notebook's part in live texts: who may do what with a note's text."""

from typing import Any

from django.db.models import QuerySet

from groups.models import Note, User, WorkingGroup
from groups.recipients import coordination
from groups.writing import access_in, members_of
from in4green.activity.services import Recipient
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, Owner, register

KIND = "notebook"


def note_of(text: LiveText) -> Note | None:
    """None where a note is gone and its text is still kept."""
    return Note.objects.filter(text=text).select_related("group").first()


def access(user: Any, text: LiveText) -> Access:
    note = note_of(text)
    if note is None:
        return Access.NOTHING
    return access_in(note.group_id, user, is_closed=note.is_closed)


def members(text: LiveText) -> QuerySet[User]:
    return members_of(_group_id(text))


def _title(text: LiveText) -> str:
    note = note_of(text)
    return note.title if note else ""


def _url(text: LiveText) -> str:
    note = note_of(text)
    return note.get_absolute_url() if note else ""


def _group_id(text: LiveText) -> int | None:
    note = note_of(text)
    return note.group_id if note else None


def _keepers(text: LiveText) -> list[Recipient]:
    note = note_of(text)
    return coordination(note.group) if note else []


def _kept_by(user: Any) -> QuerySet[Any]:
    """Texts of the groups that somebody coordinates."""
    groups = WorkingGroup.objects.visible_to(user)
    return Note.objects.filter(group__in=groups).order_by().values("text")


register(
    Owner(
        kind=KIND,
        access=access,
        title=_title,
        url=_url,
        members=members,
        group_id=_group_id,
        keepers=_keepers,
        kept_by=_kept_by,
    )
)
