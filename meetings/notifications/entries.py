"""The entry in the recipient's calendar that comes with a mail (RFC 5546)."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import vCalAddress

from in4green.activity.kinds import CalendarPart
from in4green.common.cleaning import clean_address, clean_line
from meetings.calendars import finish, new_calendar, whole_meeting
from meetings.models import Meeting, Participation

Answer = Participation.Answer
PARTSTAT = {Answer.COMING: "ACCEPTED", Answer.ONLINE: "ACCEPTED", Answer.NOT_COMING: "DECLINED"}


def entry_for(participation: Participation, method: str) -> CalendarPart:
    """``method`` is REQUEST or CANCEL. The recipient is the only one who is named in it."""
    meeting = participation.meeting
    calendar = new_calendar()
    calendar.add("method", method)
    event = whole_meeting(meeting, link=meeting.online_link)
    # Of two mails about the same state of the meeting the later one counts.
    event.DTSTAMP = timezone.now()
    event.add("organizer", _organizer(meeting))
    event.add("attendee", _attendee(participation))
    if method == "CANCEL":
        event["status"] = "CANCELLED"
    calendar.add_component(event)
    return CalendarPart(method, finish(calendar))


def _organizer(meeting: Meeting) -> vCalAddress:
    address = coordination_address(meeting)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = clean_line(meeting.group.name)
    return organizer


def coordination_address(meeting: Meeting) -> str:
    """Of the group; the portal's own where the group has none."""
    own: str = clean_address(meeting.group.coordination_address)
    return own or settings.COORDINATION_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _attendee(participation: Participation) -> vCalAddress:
    """Answers go through the link in the mail: no program need send one of its own."""
    attendee = vCalAddress(f"mailto:{clean_address(participation.address)}")
    attendee.params["CN"] = clean_line(participation.name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = PARTSTAT.get(Answer(participation.answer), "NEEDS-ACTION")
    attendee.params["RSVP"] = "FALSE"
    return attendee
