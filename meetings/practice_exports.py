"""What leaves as open data: published practices, and of contacts those who agreed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from meetings.models import Lesson, Practice

WRITTEN = (
    "problem", "solution", "relevance", "results", "funding", "involved", "conditions", "obstacles",
)  # fmt: skip
HEAD = [
    "address", "title", "language", "city", "country", "organisation", "topics", *WRITTEN,
    "figures", "cost_from", "cost_to", "currency", "contact_name", "contact_address", "links",
    "languages", "visits", "lessons", "sources", "published",
]  # fmt: skip


def published() -> Any:
    """With all that ``facts_of`` tells of them."""
    practices = Practice.objects.public().by_title().select_related("city")
    lessons = Lesson.objects.public().select_related("city")
    return practices.prefetch_related(
        "topics", "figures", "visits__meeting", Prefetch("lessons", lessons, "lessons_shown")
    )


def rows(practices: Iterable[Practice]) -> Iterator[list[Any]]:
    """In the order of ``HEAD``; expects what ``published`` brings along."""
    for practice in practices:
        facts = facts_of(practice)
        several = {
            "figures": "; ".join(map(_figure_in_a_cell, facts["figures"])),
            **{
                name: " ".join(one["address"] for one in facts[name])
                for name in ("visits", "lessons")
            },
            **{name: " ".join(facts[name]) for name in ("links", "languages", "sources")},
            "topics": ", ".join(facts["topics"]),
        }
        yield [{**facts, **several}[name] for name in HEAD]


def facts_of(practice: Practice) -> dict[str, Any]:
    """What is not known is None or empty."""
    agreed = practice.contact_agreed
    return {
        "address": _absolute(practice),
        "title": practice.title,
        "language": practice.written_in,
        "city": practice.city.name,
        "country": practice.city.country,
        "organisation": practice.organisation,
        "topics": [topic.slug for topic in practice.topics.all()],
        **{name: getattr(practice, name) for name in WRITTEN},
        "figures": [
            {"what": one.what, "value": one.value.normalize(), "unit": one.unit, "year": one.year}
            for one in practice.figures.all()
        ],
        "cost_from": practice.cost_from,
        "cost_to": practice.cost_to,
        "currency": "EUR",
        "contact_name": practice.contact_name if agreed else "",
        "contact_address": practice.contact_address if agreed else "",
        "links": practice.links.split(),
        "languages": practice.languages,
        "visits": [
            {"name": visit.name, "address": f"{_absolute(visit.meeting)}#visit-{visit.pk}"}
            for visit in practice.visits.all()
            if visit.meeting.is_public
        ],
        "lessons": [_lesson(lesson) for lesson in practice.lessons_shown],  # type: ignore[attr-defined]
        "sources": practice.sources,
        "published": practice.published_at,
    }


def _lesson(lesson: Lesson) -> dict[str, Any]:
    return {
        "address": _absolute(lesson),
        "city": lesson.city.name,
        "verdict": lesson.verdict,
        "because": lesson.because,
        "language": lesson.written_in,
    }


def _figure_in_a_cell(figure: dict[str, Any]) -> str:
    year = f" ({figure['year']})" if figure["year"] else ""
    return f"{figure['what']}: {figure['value']:f} {figure['unit']}{year}"


def _absolute(row: Any) -> str:
    return f"{settings.BASE_URL}{row.get_absolute_url()}"
