"""What became of the invitations: who was asked, and who has not answered yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.member_area import MyGroup, Task, more_tasks
from groups.models import User
from in4green.activity.models import Delivery
from meetings.models import Meeting, Participation

Answer = Participation.Answer


class Asked:
    """Those who were invited to a meeting, whoever has not answered first; two queries.

    Each knows whether the mail ``is_undelivered``.
    """

    def __init__(self, meeting: Meeting) -> None:
        rows = meeting.participations.filter(invitation__isnull=False)
        people: Any = rows.select_related("invitation")
        self.people = sorted(people, key=lambda person: person.answer != Answer.OPEN)
        failed = _failed(self.people)
        for person in self.people:
            since = person.invitation.invited_at
            person.is_undelivered = any(moment >= since for moment in failed.get(person.pk, []))

    @property
    def open(self) -> int:
        return sum(person.answer == Answer.OPEN for person in self.people)


def _failed(people: Iterable[Participation]) -> dict[int, list[datetime]]:
    """When mails were written to people whom they never reached."""
    numbers = [str(person.pk) for person in people]
    dead = Delivery.objects.dead().filter(
        notification__kind="meetings.invited", notification__subject_id__in=numbers
    )
    found: dict[int, list[datetime]] = {}
    for number, moment in dead.values_list("notification__subject_id", "notification__created_at"):
        found.setdefault(int(number), []).append(moment)
    return found


def unanswered(user: User, mine: Iterable[MyGroup]) -> list[Task]:
    """For the member's start page: invitations that wait for the own answer."""
    groups = [my.group for my in mine]
    planned: Any = Meeting.objects.filter(
        group__in=groups,
        status=Meeting.Status.PLANNED,
        ends_on__gte=timezone.localdate(),
        participations__user=user,
        participations__answer=Answer.OPEN,
        participations__invitation__isnull=False,
    )
    return [
        Task(
            _("Say whether you come: “%(title)s”, %(when)s.")
            % {"title": meeting.title, "when": meeting.when},
            f"{reverse('meetings:meeting', args=[meeting.slug])}#coming",
        )
        for meeting in planned.order_by("begins_on", "pk")
    ]


more_tasks.append(unanswered)
