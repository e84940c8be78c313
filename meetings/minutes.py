"""Minutes and reports in live texts: who may do what with the text of a meeting."""

from typing import Any

from django.db.models import QuerySet

from groups.models import User, WorkingGroup
from groups.recipients import coordination
from groups.writing import access_in, members_of
from in4green.activity.services import Recipient
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, Owner, register
from meetings.models import MeetingText


def row_of(text: LiveText) -> MeetingText | None:
    """None where a meeting is gone and its text is still kept."""
    found = MeetingText.objects.filter(text=text)
    return found.select_related("meeting__group", "session").first()


def access(user: Any, text: LiveText) -> Access:
    row = row_of(text)
    if row is None:
        return Access.NOTHING
    granted = access_in(row.group_id, user, is_closed=row.is_approved)
    return max(granted, Access.READ) if row.is_public else granted


def members(text: LiveText) -> QuerySet[User]:
    return members_of(_group_id(text))


def _title(text: LiveText) -> str:
    return str(row_of(text) or "")


def _url(text: LiveText) -> str:
    row = row_of(text)
    return row.get_absolute_url() if row else ""


def _group_id(text: LiveText) -> int | None:
    row = row_of(text)
    return row.group_id if row else None


def _keepers(text: LiveText) -> list[Recipient]:
    row = row_of(text)
    return coordination(row.meeting.group) if row else []


def _kept_by(user: Any) -> QuerySet[Any]:
    """Texts of the groups that somebody coordinates."""
    groups = WorkingGroup.objects.visible_to(user)
    return MeetingText.objects.filter(meeting__group__in=groups).order_by().values("text")


for kind in MeetingText.Kind.values:
    register(
        Owner(
            kind=kind,
            access=access,
            title=_title,
            url=_url,
            members=members,
            group_id=_group_id,
            keepers=_keepers,
            kept_by=_kept_by,
        )
    )
