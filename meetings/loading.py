"""Meetings that come with the portal: facts for everybody, made-up ones to try things with."""

from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.models import City, WorkingGroup
from meetings.models import Meeting, Session, SiteVisit
from meetings.reference import read_meetings

DEMO_SLUG = "demo-werkstatt"


@transaction.atomic
def load_facts(group: WorkingGroup) -> int:
    """How many are new. What is there already is the group's to change, so it stays as it is."""
    there = set(Meeting.objects.values_list("slug", flat=True))
    new = [facts for facts in read_meetings() if facts["slug"] not in there]
    for facts in new:
        _load(group, **facts)
    return len(new)


def _load(
    group: WorkingGroup,
    *,
    host: str | None,
    sessions: list[dict[str, Any]],
    visits: list[dict[str, Any]],
    **facts: Any,
) -> None:
    meeting = Meeting(
        group=group,
        host=City.objects.get(slug=host) if host else None,
        status=Meeting.Status.PUBLISHED,
        is_public=True,
        **facts,
    )
    meeting.full_clean(exclude=["slug"])
    meeting.save()
    for session in sessions:
        Session.objects.create(meeting=meeting, **session)
    for visit in visits:
        SiteVisit.objects.create(meeting=meeting, **visit)


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """A meeting in three weeks that only the group sees. False if it was loaded before."""
    if Meeting.objects.filter(slug=DEMO_SLUG).exists():
        return False
    day = timezone.localdate() + timedelta(days=21)
    meeting = Meeting.objects.create(
        slug=DEMO_SLUG,
        group=group,
        kind=Meeting.Kind.LOCAL_GROUP,
        title="Werkstatt der Musterhausener Betriebe (erfunden)",
        host=group.city,
        begins_on=day,
        ends_on=day,
        place="Bürgersaal Musterhausen",
        online_link="https://video.example/werkstatt",
        languages=["de"],
        objective="Ein erfundenes Treffen zum Ausprobieren: Programm, Räume und Uhrzeiten.",
    )
    _load_demo_programme(meeting, day)
    return True


def _load_demo_programme(meeting: Meeting, day: date) -> None:
    for kind, title, starts, ends, room, track in (
        ("plenary", "Begrüßung", time(9), time(9, 30), "Saal", ""),
        ("method", "Problembaum zeichnen", time(9, 30), time(11), "Saal", "A"),
        ("content", "Abwärme teilen", time(9, 30), time(11), "Werkraum", "B"),
        ("plenary", "Was wir mitnehmen", time(11, 15), time(12), "Saal", ""),
    ):
        Session.objects.create(
            meeting=meeting, day=day, kind=kind, title=title, starts=starts, ends=ends,
            room=room, track=track,
        )  # fmt: skip
