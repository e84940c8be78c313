"""What people sign: names of everybody expected, lines for those who just come, or lines only."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from in4green.common.documents import pdf
from meetings.models import Meeting, Participation
from meetings.occasions import Occasion

FOR_WALK_INS = 6
BLANK_LINES = 12  # one page


def attendance_sheet(meeting: Meeting, days: Sequence[Occasion], *, blank: bool = False) -> bytes:
    """Each day begins a page; where no day is known, one sheet leaves the date to be written."""
    data = {"facts": meeting_facts(meeting), **sheet_of(meeting, days, blank=blank)}
    title = _("Attendance: %(title)s") % {"title": meeting.title}
    return pdf("meetings/people/sheet.typ", data, title=title, landscape=True)


def sheet_of(meeting: Meeting, days: Sequence[Occasion], *, blank: bool = False) -> dict[str, Any]:
    """For ``documents/signing.typ``."""
    return {
        "days": [_day(day) for day in days] or [_("Date:")],
        "head": [_("No."), _("Name"), _("Organisation"), _("City"), _("Signature")],
        "people": [] if blank else _people(meeting),
        "empty": BLANK_LINES if blank else FOR_WALK_INS,
        "note": _(
            "This list is proof of the meeting for the funding by the European Union. It is kept"
            " as long as funding law asks for it; nobody is named in public without consent."
        ),
    }


def meeting_facts(meeting: Meeting) -> list[tuple[str, str]]:
    facts = [
        (_("When"), meeting.when),
        (_("Place"), ", ".join(filter(None, [meeting.place, str(meeting.host or "")]))),
        (_("Working group"), str(meeting.group)),
    ]
    return [(name, value) for name, value in facts if value]


def _day(day: Occasion) -> str:
    return date_format(day.day, "l, ") + day.name if day.day else day.name


def _people(meeting: Meeting) -> list[list[Any]]:
    """Whoever can't come or is there by screen signs nothing."""
    elsewhere = [Participation.Answer.NOT_COMING, Participation.Answer.ONLINE]
    people = meeting.participations.exclude(answer__in=elsewhere).select_related("city")
    return [
        [str(n), person.name, person.organisation, str(person.city or "")]
        for n, person in enumerate(people, start=1)
    ]
