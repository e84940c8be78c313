"""What leaves as open data: published records, without links and notes of the inside."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from meetings.models import Meeting, Session, SiteVisit

HEAD = [
    "address", "kind", "number", "title", "language", "host", "country", "first_day", "last_day",
    "precision", "time_zone", "place", "objective", "sessions", "visits", "sources",
]  # fmt: skip
SESSION = ("kind", "title", "day", "starts", "ends", "room", "track", "speakers", "urbact_tool",
           "notes", "outcomes")  # fmt: skip
VISIT = ("name", "other_name", "place", "organisation", "day_number", "shows", "step_free",
         "distance", "duration", "equipment", "minimum_age", "group_size", "safety",
         "sources")  # fmt: skip


def rows(meetings: Iterable[Meeting]) -> Iterator[list[Any]]:
    """In the order of ``HEAD``; expects hosts, sessions and visits to be there."""
    for meeting in meetings:
        facts = facts_of(meeting)
        several = {
            "sessions": "; ".join(session["title"] for session in facts["sessions"]),
            "visits": "; ".join(visit["name"] for visit in facts["visits"]),
            "sources": " ".join(facts["sources"]),
        }
        yield [{**facts, **several}[name] for name in HEAD]


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What is not known is None or empty."""
    return {
        "address": f"{settings.BASE_URL}{meeting.get_absolute_url()}",
        "kind": meeting.kind,
        "number": meeting.ordinal,
        "title": meeting.title,
        "language": meeting.written_in,
        "host": meeting.host and meeting.host.name,
        "country": meeting.host and meeting.host.country,
        "first_day": meeting.begins_on,
        "last_day": meeting.ends_on,
        "precision": meeting.precision,
        "time_zone": meeting.time_zone,
        "place": meeting.place,
        "languages": meeting.languages,
        "objective": meeting.objective,
        "sessions": [_pick(session, SESSION) for session in meeting.sessions.all()],
        "visits": [_pick(visit, VISIT) for visit in meeting.visits.all()],
        "sources": meeting.sources,
    }


def _pick(row: Session | SiteVisit, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
