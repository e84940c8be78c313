"""All on paper that a meeting needs: programme, what is open, visits, forms, sheets to sign.

What people eat and need is no part of it: paper lies about.
"""

from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from in4green.common.documents import pdf
from meetings import agreed, drafting, showing
from meetings.models import Lesson, Meeting, Practice, Session
from meetings.occasions import days_of
from meetings.sheets import meeting_facts, sheet_of

MOST_FORMS = 12
# How many lines there are to write on.
FIELDS = {
    "title": 1, "organisation": 1, "problem": 2, "solution": 4, "results": 2, "cost_from": 1,
    "involved": 1, "conditions": 2, "obstacles": 2, "contact_name": 1,
}  # fmt: skip


def meeting_pack(meeting: Meeting, *, with_sheets: bool) -> bytes:
    """``with_sheets``: with the names of everybody expected, for coordination."""
    visits = list(meeting.visits.order_by("day_number", "pk"))
    data = {
        "facts": meeting_facts(meeting),
        "words": _words(),
        "days": _days(meeting),
        "agenda": [drafting.in_words(row) for row in agreed.agenda(meeting) if row.is_open],
        "visits": [{"name": visit.name, "facts": _known(visit)} for visit in visits],
        "sheets": sheet_of(meeting, days_of(meeting)) if with_sheets else None,
        "forms": [*(visit.name for visit in visits[:MOST_FORMS]), ""],
    }
    title = _("Meeting pack: %(title)s") % {"title": meeting.title}
    return pdf("meetings/pack.typ", data, title=title)


def _days(meeting: Meeting) -> list[dict[str, Any]]:
    days = showing.by_day(meeting.sessions.all())
    return [
        {"name": date_format(day, "l, j. F Y") if day else "", "rows": list(map(_row, sessions))}
        for day, sessions in days
    ]


def _row(session: Session) -> dict[str, str]:
    track = _("track %(track)s") % {"track": session.track} if session.track else ""
    about = [session.get_kind_display(), track, session.speakers, session.urbact_tool]
    times = (session.starts, session.ends)
    return {
        "time": "–".join(time_format(at, "H:i") for at in times if at),
        "what": session.title,
        "about": " · ".join(filter(None, map(str, about))),
        "room": session.room,
    }


def _known(visit: Any) -> list[tuple[str, str]]:
    facts = showing.visit_facts(visit)
    return [(fact.name, str(fact.value)) for fact in facts if fact.value]


def _words() -> dict[str, Any]:
    return {
        "programme": _("Programme"),
        "no_programme": _("The programme is not yet recorded."),
        "columns": [_("Time"), _("What"), _("Room")],
        "agenda": _("Open from earlier meetings"),
        "visits": _("What is visited"),
        "sheets": _("Who is there"),
        "form": _("A practice seen on site"),
        "form_hint": _(
            "Jot down what you see; nothing has to be complete. Afterwards somebody of the group"
            " enters it in the portal."
        ),
        "seen": _("Seen at"),
        "fields": [(_name(field), lines) for field, lines in FIELDS.items()],
        "lesson": _("What we take home"),
        "verdicts": [str(label) for label in Lesson.Verdict.labels],
        "because": _("because"),
    }


def _name(field: str) -> str:
    if field == "cost_from":
        return _("Cost and who paid")
    if field == "contact_name":
        return _("Whom to ask: name, e-mail, and whether this may be public")
    name = str(Practice._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]
