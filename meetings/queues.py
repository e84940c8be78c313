"""What waits for coordination: practices to review."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from groups.member_area import MyGroup, Task, more_tasks
from groups.models import User, WorkingGroup
from meetings.models import Practice


def waiting_for_coordination(user: Any) -> Any:
    """The oldest first."""
    groups = WorkingGroup.objects.visible_to(user)
    return Practice.objects.waiting().filter(group__in=groups).select_related("city")


def tasks(user: User, mine: list[MyGroup]) -> list[Task]:
    """For the member area."""
    groups = [my.group.pk for my in mine if my.coordinates]
    count = Practice.objects.waiting().filter(group__in=groups).count() if groups else 0
    if not count:
        return []
    text = ngettext(
        "%(count)d practice is waiting for your review.",
        "%(count)d practices are waiting for your review.",
        count,
    )
    return [Task(text % {"count": count}, reverse("practices:queue"))]


more_tasks.append(tasks)
