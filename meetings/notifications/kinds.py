"""The mails about a meeting, each with its doubts: who no longer needs one gets none."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from groups.models import WorkingGroup
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from meetings.models import Meeting, Participation
from meetings.notifications import letters
from meetings.timing import has_begun, is_over

Status = Meeting.Status


def _participation(delivery: Delivery) -> Participation:
    """The outbox has made sure that it still exists."""
    return cast(Participation, delivery.notification.subject)


def _coordinated(user: Any) -> Any:
    """A mail is for those who coordinate: it has the address of somebody in it."""
    return Participation.objects.filter(meeting__group__in=WorkingGroup.objects.visible_to(user))


def still_belongs(participation: Participation) -> bool:
    """Guests do; whoever has left the group, or lost the account, does not."""
    if participation.user is None:
        return True
    mine = participation.user.memberships.filter(group=participation.meeting.group_id)
    return participation.user.is_active and (mine.current().exists() or not mine.exists())


def _register(
    name: str,
    title: Any,
    write: Callable[[Delivery], Letter],
    still_due: Callable[[Delivery], bool],
) -> None:
    register(
        Kind(
            name,
            write,
            lambda delivery: still_belongs(_participation(delivery)) and still_due(delivery),
            title=title,
            related=("meeting__group", "meeting__host", "user"),
            subjects=_coordinated,
        )
    )


def _is_ahead(delivery: Delivery) -> bool:
    meeting = _participation(delivery).meeting
    return meeting.status == Status.PLANNED and not is_over(meeting)


def _reminder_is_due(delivery: Delivery) -> bool:
    """Not for those who can't come, and not for a day on which it no longer is."""
    participation, data = _participation(delivery), delivery.notification.data
    meeting = participation.meeting
    return (
        meeting.status == Status.PLANNED
        and participation.answer != Participation.Answer.NOT_COMING
        and meeting.begins_on == parse_date(data["begins_on"])
        and not has_begun(meeting)
    )


_register(
    "meetings.invited",
    _("Invitation to a meeting"),
    lambda delivery: letters.invitation(_participation(delivery)),
    _is_ahead,
)
_register(
    "meetings.changed",
    _("Change of a meeting"),
    lambda delivery: letters.change(
        _participation(delivery),
        delivery.notification.data["before"],
        delivery.notification.data["after"],
    ),
    lambda delivery: not is_over(_participation(delivery).meeting),
)
_register(
    "meetings.reminded",
    _("Reminder of a meeting"),
    lambda delivery: letters.reminder(_participation(delivery)),
    _reminder_is_due,
)
_register(
    "meetings.record_published",
    _("Record of a meeting is published"),
    lambda delivery: letters.record_published(_participation(delivery)),
    lambda delivery: _participation(delivery).meeting.is_published,
)
