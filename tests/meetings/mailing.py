"""People who were invited, and the mails that they get."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from icalendar import Calendar

from groups.models import User
from in4green.activity import outbox
from in4green.activity.models import Delivery
from meetings.models import Meeting, MeetingInvitation, Participation
from tests.factories import MembershipFactory

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


def on_list(meeting: Meeting, user: User | None = None, **fields: Any) -> Participation:
    """A member of the meeting's group, unless a guest is given by name and address."""
    if user is None and "email" not in fields:
        user = MembershipFactory(group=meeting.group, starts_on=LONG_AGO.date()).user
    name = fields.pop("name", str(user))
    return Participation.objects.create(meeting=meeting, user=user, name=name, **fields)


def invited(meeting: Meeting, user: User | None = None, **fields: Any) -> Participation:
    participation = on_list(meeting, user, **fields)
    MeetingInvitation.objects.create(participation=participation, invited_at=LONG_AGO)
    return participation


def deliver() -> list[Any]:
    """Sends what is due; the mails of this turn, in the order of their recipients."""
    mail.outbox.clear()
    outbox.send_due()
    return sorted(mail.outbox, key=lambda message: message.to)


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def entry_of(message: Any) -> Any:
    """The entry that comes with a mail, as a calendar reads it; METHOD stands in the calendar."""
    kinds = [part.mimetype for part in message.alternatives]
    assert kinds[0] == "text/html"
    [content] = [part.content for part in message.alternatives[1:]]
    calendar = Calendar.from_ical(content)
    assert kinds[1] == f"text/calendar; method={calendar['method']}"
    [event] = calendar.events
    event["method"] = calendar["method"]
    return event


def in_minutes(traveller: Any, minutes: float) -> None:
    traveller.shift(timedelta(minutes=minutes))
