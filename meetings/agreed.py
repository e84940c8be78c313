"""What the pages of a meeting say of decisions, follow-ups and texts: a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from groups.member_area import MyGroup, Task, more_tasks
from groups.models import User
from meetings.models import Decision, FollowUp, Meeting, MeetingText
from meetings.timing import can_be_reported


@dataclass(frozen=True)
class Agreed:
    """``agenda``: what earlier meetings have left to this one; for the group alone."""

    decisions: list[Decision]
    follow_ups: list[FollowUp]
    agenda: list[FollowUp]
    texts: list[MeetingText]
    is_inside: bool
    may_add: bool
    may_report: bool

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.follow_ups or self.agenda or self.texts)


def of_meeting(meeting: Meeting, user: Any) -> Agreed:
    """What this person may see of it."""
    sees_record = user.has_perm("meetings.view_record", meeting)
    is_inside = user.has_perm("meetings.view_inside", meeting)
    visible = MeetingText.objects.visible_to(user).filter(meeting=meeting)
    texts = _within(meeting, visible.select_related("session", "text"))
    return Agreed(
        decisions=list(meeting.decisions.order_by("number")) if sees_record else [],
        follow_ups=list(of_this(meeting)) if sees_record else [],
        agenda=list(agenda(meeting)) if is_inside else [],
        texts=texts,
        is_inside=is_inside,
        may_add=user.has_perm("meetings.add_agreed", meeting),
        may_report=is_inside and _may_report(meeting, user, texts),
    )


def _may_report(meeting: Meeting, user: Any, texts: list[MeetingText]) -> bool:
    """There is something to report, and nobody has begun to."""
    is_begun = any(text.kind == MeetingText.Kind.REPORT for text in texts)
    asks = not is_begun and can_be_reported(meeting)
    return asks and user.has_perm("meetings.begin_text", meeting)


def of_this(meeting: Meeting) -> Any:
    rows: Any = meeting.followups
    named = rows.select_related("member", "organisation", "closed_in")
    return _within(meeting, named.order_by("number"))


def agenda(meeting: Meeting) -> Any:
    left = FollowUp.objects.on_agenda_of(meeting)
    return left.select_related("meeting", "member", "organisation", "closed_in").by_due()


def _within(meeting: Meeting, rows: Any) -> list[Any]:
    """Each knows its meeting without asking for it."""
    found = list(rows)
    for row in found:
        row.meeting = meeting
    return found


def my_follow_ups(user: User, mine: list[MyGroup]) -> list[Task]:
    """For the member's start page: the most urgent first, those without a day last."""
    rows = FollowUp.objects.mine(user).filter(meeting__group__in=[my.group for my in mine])
    return [
        Task(row.what, row.get_absolute_url(), row.due, row.is_overdue)
        for row in rows.select_related("meeting").by_due()
    ]


more_tasks.append(my_follow_ups)
