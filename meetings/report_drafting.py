"""What a report begins with: all that is recorded of a meeting and may be read by everybody.

People appear as organisations and numbers. Practices and lessons that are not public stay out.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from in4green.livetext.content.html_in import from_html
from in4green.livetext.content.tree import Content
from meetings import chains, drafting, links, showing
from meetings.delegations import Delegation, presence_at
from meetings.models import Decision, FollowUp, Meeting, MeetingText, Session, SiteVisit

NOBODY = AnonymousUser()
NOTHING = SafeString("")


def report(row: MeetingText) -> Content:
    """In the language of the record."""
    with translation.override(row.meeting.written_in):
        return from_html(_assembled(row.meeting), language=row.meeting.written_in)


def _assembled(meeting: Meeting) -> SafeString:
    visits = list(chains.visits_of_meeting(meeting, NOBODY))
    sections = [
        (_("In brief"), _facts(showing.meeting_facts(meeting))),
        (_("Programme"), _programme(meeting)),
        (_("What was visited"), _joined(map(_visit, visits))),
        (_("Who took part"), _people(meeting)),
        (_("Decisions"), _decisions(meeting.decisions.order_by("number"))),
        (_("Follow-ups"), _follow_ups(meeting.followups.order_by("number"))),
        (_("Practices and lessons"), _joined(map(_learnt, visits))),
    ]
    return _joined(_heading(2, title) + text for title, text in sections if text)


def _facts(facts: Iterable[showing.Fact]) -> SafeString:
    """Those that are known."""
    return _list(
        format_html("<strong>{}:</strong> {}", fact.name, _lines(fact.value))
        for fact in facts
        if fact.value
    )


def _programme(meeting: Meeting) -> SafeString:
    sessions = list(meeting.sessions.all())
    has_days = len({session.day for session in sessions}) > 1
    return _joined(_session(session, has_days=has_days) for session in sessions)


def _session(session: Session, *, has_days: bool) -> SafeString:
    times = (session.starts, session.ends)
    hours = "–".join(time_format(at, "H:i") for at in times if at)
    day = date_format(session.day) if has_days and session.day else ""
    about = [day, hours, session.get_kind_display(), session.speakers, session.urbact_tool]
    came_out = _paragraphs(session.outcomes)
    return _joined(
        [
            _heading(3, session.title),
            format_html("<p>{}</p>", " · ".join(filter(None, map(str, about)))),
            _paragraphs(session.notes),
            format_html("<p><strong>{}</strong></p>", _("What came out of it")) if came_out else "",
            came_out,
        ]
    )


def _visit(visit: SiteVisit) -> SafeString:
    return _heading(3, visit.name) + _facts(showing.visit_facts(visit))


def _people(meeting: Meeting) -> SafeString:
    """Only what was recorded: who meant to come is no part of a report."""
    presence = presence_at(meeting, NOBODY, {"has_record": True, "is_inside": False})
    if not presence.is_recorded:
        return NOTHING
    n = presence.people
    said = ngettext("%(n)d person was there.", "%(n)d people were there.", n) % {"n": n}
    head = (_("City"), _("Organisations"), _("People"))
    return format_html(
        "<p>{}</p><table><tr>{}</tr>{}</table>",
        said,
        format_html_join("", "<th>{}</th>", ((name,) for name in head)),
        format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", map(
            _delegation, presence.delegations
        )),
    )  # fmt: skip


def _delegation(delegation: Delegation) -> tuple[str, str, int]:
    named = [name or _("without an organisation") for name, _n in delegation.sent_by]
    return str(delegation.city or _("Guests")), ", ".join(map(str, named)), delegation.people


def _decisions(rows: Iterable[Decision]) -> SafeString:
    said = [(row.text, _in_brackets(row)) for row in rows]
    items = format_html_join("", "<li>{}{}</li>", said)
    return format_html("<ol>{}</ol>", items) if items else NOTHING


def _in_brackets(row: Decision) -> str:
    day = date_format(row.decided_on) if row.decided_on else ""
    about = ", ".join(filter(None, [row.decided_by, day]))
    return f" ({about})" if about else ""


def _follow_ups(rows: Any) -> SafeString:
    """Who does it is named where it is an organisation: names of people are for the group."""
    found: list[FollowUp] = list(rows.select_related("organisation"))
    for row in found:
        row.member, row.who = None, ""
    return drafting.tasks(found) if found else NOTHING


def _learnt(visit: Any) -> SafeString:
    practices = [
        format_html('<a href="{}">{}</a>', links.absolute(practice.get_absolute_url()), practice)
        for practice in visit.practices_seen
    ]
    lessons = [f"{link.title} – {lesson.because}" for link, lesson in _lessons(visit)]
    return (
        _heading(3, visit.name) + _list([*practices, *lessons]) if practices or lessons else NOTHING
    )


def _lessons(visit: Any) -> list[tuple[chains.Link, Any]]:
    return [(chains.link_of_lesson(lesson), lesson) for lesson in visit.lessons_drawn]


def _heading(level: int, words: Any) -> SafeString:
    return format_html("<h{}>{}</h{}>", level, words, level)


def _list(items: Iterable[Any]) -> SafeString:
    inside = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html("<ul>{}</ul>", inside) if inside else NOTHING


def _paragraphs(text: str) -> SafeString:
    escaped = linebreaks(text, autoescape=True) if text else ""
    return mark_safe(escaped)  # noqa: S308 - linebreaks has just escaped it


def _lines(value: Any) -> SafeString:
    """Every line of it, in one item."""
    lines = str(value).splitlines()
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _joined(parts: Iterable[str]) -> SafeString:
    """What is not HTML already becomes it."""
    return format_html_join("", "{}", ((part,) for part in parts))
