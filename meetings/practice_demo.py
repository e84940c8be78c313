"""Practices to try things with: two from public sources, one made up, and a made-up lesson."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from groups.models import City, Topic, User, WorkingGroup
from meetings.models import Figure, Lesson, Practice, SiteVisit
from meetings.services.practices import free_slug, set_state

DRAFT = "Schleifschlamm gemeinsam sammeln (erfunden)"
SEEN: list[dict[str, Any]] = [
    {
        "visit": "Müllheizkraftwerk",
        "topics": ["energy-transition"],
        "figures": [("Leistung", "17.5", "MW"), ("Verbrennungslinien", "2", "")],
        "title": "Strom und Fernwärme aus Restmüll",
        "organisation": "Technische Betriebe Solingen",
        "solution": "Abfall wird thermisch verwertet; daraus werden Strom und Fernwärme. Das erste"
        " Feuer brannte am 10. Juli 1969. Wärme geht auch an das Schwimmbad Vogelsang.",
        "sources": [
            "https://bergisch-metall.de/?p=2543",
            "https://solinger-tageblatt.de/solingen/muelltechnik-zeigt-alles-kann-12960333.html",
        ],
    },
    {
        "visit": "Gläserne Werkstatt",
        "topics": ["circular-economy"],
        "figures": [("Geschosse", "3", "")],
        "title": "Ein leeres Ladengeschäft wird zur Werkstatt der Stadt",
        "organisation": "Stadtentwicklungsgesellschaft Solingen",
        "problem": "Das Ladengeschäft stand zehn Jahre leer.",
        "solution": "Ein Ort für Begegnung und Ausstellung: urbane Produktion, Reparaturcafé,"
        " Schule der Messermacher, Schaufenster für Betriebe der Region. Eröffnet wurde er am"
        " 22. Oktober 2022.",
        "cost_from": Decimal(2_300_000),
        "funding": "Mittel der EU und des Landes Nordrhein-Westfalen über die Bergische Struktur-"
        " und Wirtschaftsförderungsgesellschaft",
        "sources": ["https://seg-solingen.de/projekte/glaeserne-werkstatt/fuenf-elemente"],
    },
]


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """False if they were loaded before, or nobody coordinates the group."""
    coordinators = group.memberships.current().coordinators()
    first = coordinators.select_related("user").first()
    if first is None or Practice.objects.filter(title=DRAFT).exists():
        return False
    for facts in SEEN:
        _load(group, by=first.user, **facts)
    _practice(
        group,
        group.city,
        title=DRAFT,
        organisation="Musterfirma Klingen GmbH",
        problem="Ein erfundenes Beispiel: Jeder Betrieb entsorgt seinen Schleifschlamm allein.",
    )
    return True


def _load(
    group: WorkingGroup, *, by: User, visit: str, topics: Any, figures: Any, **facts: Any
) -> None:
    seen = SiteVisit.objects.filter(name=visit, meeting__group=group).select_related("meeting")
    place = seen.first()
    city = place.meeting.host if place else None
    practice = _practice(group, city or group.city, created_by=by, **facts)
    practice.topics.set(Topic.objects.filter(slug__in=topics))
    practice.visits.set(seen)
    for what, value, unit in figures:
        Figure.objects.create(practice=practice, what=what, value=Decimal(value), unit=unit)
    for state in (Practice.State.REVIEWED, Practice.State.PUBLISHED):
        set_state(practice, state, by=by)
    Lesson.objects.create(
        group=group,
        city=group.city,
        practice=practice,
        visit=place,
        verdict=Lesson.Verdict.ADAPT,
        because="Ein erfundenes Beispiel: Die Idee passt, der Ort muss ein anderer sein.",
        is_public=True,
        changed_by=_a_member(group) or by,
    )


def _a_member(group: WorkingGroup) -> User | None:
    editors = group.memberships.current().filter(role="editor").select_related("user")
    membership = editors.order_by("pk").first()
    return membership.user if membership else None


def _practice(group: WorkingGroup, city: City, *, title: str, **facts: Any) -> Practice:
    slug = free_slug(Practice, city, title)
    return Practice.objects.create(group=group, city=city, slug=slug, title=title, **facts)
