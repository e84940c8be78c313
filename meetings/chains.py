"""Meeting, visit, practice, lesson, action: what led to what, to be followed both ways."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from meetings.models import Lesson, Meeting, Practice, SiteVisit

MOST = 4
"""Links of one step: a visit may show many practices."""


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass
class Step:
    """One of the five; ``here``: the page is about it. Without links it is still to come."""

    name: str
    links: list[Link] = field(default_factory=list)
    here: bool = False
    more: int = 0


@dataclass(frozen=True)
class Onward:
    """``actions`` cite a practice or a lesson; ``begin``: where another one can be begun."""

    actions: list[Link] = field(default_factory=list)
    begin: list[Link] = field(default_factory=list)


# Rooms above this one say what came of a practice or a lesson, for the person who reads of it.
_followers: list[Callable[[Any, Practice | Lesson], Onward]] = []


def register(follower: Callable[[Any, Practice | Lesson], Onward]) -> None:
    _followers.append(follower)


def onward_from(row: Practice | Lesson, user: Any) -> Onward:
    found = [follow(user, row) for follow in _followers]
    return Onward(
        [link for one in found for link in one.actions],
        [link for one in found for link in one.begin],
    )


def chain_of_practice(
    practice: Practice, visits: list[SiteVisit], lessons: Any, actions: list[Link]
) -> list[Step]:
    return [
        step(_("Meeting"), meetings_of(visits)),
        step(_("Visit"), map(link_of_visit, visits)),
        step(_("Good practice"), [link(practice)], here=True),
        step(_("Lesson"), map(link_of_lesson, lessons)),
        step(_("Action"), actions),
    ]


def chain_of_lesson(lesson: Lesson, visits: list[SiteVisit], actions: list[Link]) -> list[Step]:
    return [
        step(_("Meeting"), meetings_of(visits)),
        step(_("Visit"), map(link_of_visit, visits)),
        step(_("Good practice"), [link(lesson.practice)] if lesson.practice else []),
        step(_("Lesson"), [link_of_lesson(lesson)], here=True),
        step(_("Action"), actions),
    ]


def step(name: str, links: Iterable[Link], *, here: bool = False) -> Step:
    found = list(links)
    return Step(name, found[:MOST], here, max(0, len(found) - MOST))


def meetings_of(visits: list[SiteVisit]) -> list[Link]:
    return [link(meeting) for meeting in dict.fromkeys(visit.meeting for visit in visits)]


def link(row: Any) -> Link:
    return Link(str(row), row.get_absolute_url())


def link_of_visit(visit: SiteVisit) -> Link:
    return Link(visit.name, f"{visit.meeting.get_absolute_url()}#visit-{visit.pk}")


def link_of_lesson(lesson: Lesson) -> Link:
    return Link(f"{lesson.city}: {lesson.get_verdict_display()}", lesson.get_absolute_url())


def visits_seen_by(user: Any, **where: Any) -> list[SiteVisit]:
    """Those of meetings that somebody may see, the latest first."""
    visits = SiteVisit.objects.filter(meeting__in=Meeting.objects.visible_to(user), **where)
    return list(visits.select_related("meeting").order_by("-meeting__begins_on", "pk"))


def visits_of_lesson(lesson: Lesson, user: Any) -> list[SiteVisit]:
    """The one it was drawn from, or those at which its practice was seen."""
    if lesson.visit_id:
        return visits_seen_by(user, pk=lesson.visit_id)
    return visits_seen_by(user, practices=lesson.practice_id)


def visits_of_meeting(meeting: Meeting, user: Any) -> Any:
    """With ``practices_seen`` and ``lessons_drawn``, as far as somebody may see them."""
    lessons = Lesson.objects.visible_to(user).select_related("city").order_by("pk")
    return meeting.visits.prefetch_related(
        Prefetch("practices", Practice.objects.visible_to(user).by_title(), "practices_seen"),
        Prefetch("lessons", lessons, "lessons_drawn"),
    )
