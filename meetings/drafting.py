"""What minutes begin with: the agenda as headings, and what earlier meetings have left open."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from in4green.livetext.content.html_in import from_html
from in4green.livetext.content.tree import Content
from meetings import agreed
from meetings.models import FollowUp, Meeting, MeetingText


def minutes(text: MeetingText) -> Content:
    """In the language of the record."""
    with translation.override(text.meeting.written_in):
        return from_html(_of_session() if text.session else _of_meeting(text.meeting))


def _of_meeting(meeting: Meeting) -> str:
    open_ones = [row for row in agreed.agenda(meeting) if row.is_open]
    sessions = meeting.sessions.all()
    return "".join(
        [
            _heading(_("Who keeps the minutes")),
            _heading(_("Open from earlier meetings")) + tasks(open_ones) if open_ones else "",
            *(_heading(session.title) for session in sessions),
            "" if sessions else _heading(_("What was discussed")),
            _heading(_("Next meeting")),
        ]
    )


def _of_session() -> str:
    return _heading(_("What was discussed")) + _heading(_("What came out of it"))


def _heading(words: Any) -> SafeString:
    """With an empty line to write in."""
    return format_html("<h2>{}</h2><p></p>", words)


def tasks(rows: list[FollowUp]) -> SafeString:
    items = (("checked" if not row.is_open else "", in_words(row)) for row in rows)
    return format_html(
        "<ul>{}</ul>",
        format_html_join("", '<li><input type="checkbox" {}> {}</li>', items),
    )


def in_words(row: FollowUp) -> str:
    until = _("until %(day)s") % {"day": date_format(row.due)} if row.due else ""
    return " · ".join(filter(None, [row.what, row.responsible, until]))
