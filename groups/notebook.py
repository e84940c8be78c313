"""The notebook's part in live texts: who may do what with a note's text."""

from typing import Any

from django.db.models import QuerySet

from groups.models import Note
from groups.writing import access_in, register_rows
from in4green.livetext.owners import Access

KIND = "notebook"


def _access(user: Any, note: Note) -> Access:
    return access_in(note.group_id, user, is_closed=note.is_closed)


def _notes() -> QuerySet[Note]:
    return Note.objects.select_related("group")


register_rows(KIND, _notes, group="group", access=_access)
