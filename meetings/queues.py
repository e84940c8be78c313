"""What waits for coordination: practices to review, answers to accept, meetings of guests."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from groups.member_area import MyGroup, Task, more_tasks
from groups.models import User, WorkingGroup
from meetings.models import Answer, GuestLink, Meeting, Practice


def practices_for(user: Any) -> Any:
    """The oldest first."""
    groups = WorkingGroup.objects.visible_to(user)
    return Practice.objects.waiting().filter(group__in=groups).select_related("city")


def answers_for(user: Any) -> Any:
    groups = WorkingGroup.objects.visible_to(user)
    waiting = Answer.objects.waiting().filter(challenge__group__in=groups)
    return waiting.select_related("city", "challenge")


def meetings_for(user: Any) -> Any:
    """Entered by partner cities that have handed in, and not announced yet."""
    return _handed_in().filter(group__in=WorkingGroup.objects.visible_to(user))


def _handed_in() -> Any:
    links = GuestLink.objects.exclude(finished_at=None)
    drafts = Meeting.objects.filter(is_public=False, status=Meeting.Status.PLANNED)
    return drafts.filter(pk__in=links.values("meetings")).newest_first()


def tasks(user: User, mine: list[MyGroup]) -> list[Task]:
    """For the member area."""
    groups = [my.group.pk for my in mine if my.coordinates]
    if not groups:
        return []
    return [*_practices(groups), *_answers(groups), *_meetings(groups)]


def _practices(groups: list[int]) -> list[Task]:
    count = Practice.objects.waiting().filter(group__in=groups).count()
    text = ngettext(
        "%(count)d practice is waiting for your review.",
        "%(count)d practices are waiting for your review.",
        count,
    )
    return [_task(text, count)] if count else []


def _answers(groups: list[int]) -> list[Task]:
    count = Answer.objects.waiting().filter(challenge__group__in=groups).count()
    text = ngettext(
        "%(count)d answer to a challenge is waiting to be accepted.",
        "%(count)d answers to challenges are waiting to be accepted.",
        count,
    )
    return [_task(text, count)] if count else []


def _meetings(groups: list[int]) -> list[Task]:
    count = _handed_in().filter(group__in=groups).count()
    text = ngettext(
        "%(count)d meeting by a partner city is waiting for your review.",
        "%(count)d meetings by partner cities are waiting for your review.",
        count,
    )
    return [_task(text, count)] if count else []


def _task(text: str, count: int) -> Task:
    return Task(text % {"count": count}, reverse("practices:queue"))


more_tasks.append(tasks)
