"""Minutes and reports in live texts: who may do what with the text of a meeting."""

from typing import Any

from django.db.models import QuerySet

from groups.writing import access_in, register_rows
from in4green.livetext.owners import Access
from meetings.models import MeetingText


def _access(user: Any, row: MeetingText) -> Access:
    granted = access_in(row.group_id, user, is_closed=row.is_approved)
    return max(granted, Access.READ) if row.is_public else granted


def _texts() -> QuerySet[MeetingText]:
    return MeetingText.objects.select_related("meeting__group", "session")


for kind in MeetingText.Kind.values:
    register_rows(kind, _texts, group="meeting__group", access=_access)
