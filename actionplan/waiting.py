"""What waits for a member of the group: to say something, to vote, to write, to decide."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import texts
from actionplan.models import Approval, EditionComment, Plan, ReviewRequest, Section
from groups.member_area import MyGroup, Task, more_tasks
from groups.models import User
from in4green.livetext.models import TextProposal

# A section is named so long before its day.
AHEAD = timedelta(days=14)
Groups = list[Any]


def tasks(user: User, mine: Iterable[MyGroup]) -> list[Task]:
    """For the start page; a fixed number of queries."""
    mine = list(mine)
    groups: Groups = [my.group.pk for my in mine]
    coordinated: Groups = [my.group.pk for my in mine if my.coordinates]
    found = [task for ask in _OF_MEMBERS for task in ask(user, groups)]
    if coordinated:
        found += [task for ask in _OF_COORDINATION for task in ask(coordinated)]
    return found


def _reviews(user: User, groups: Groups) -> list[Task]:
    rows: Any = ReviewRequest.objects.filter(
        user=user, answered_at=None, review__closed_at=None, review__plan__group__in=groups
    )
    today = timezone.localdate()
    return [
        Task(
            _("Say what you think of “%(plan)s”.") % {"plan": row.review.plan},
            row.review.get_absolute_url(),
            due=row.review.due_on,
            late=row.review.due_on < today,
        )
        for row in rows.select_related("review__plan").order_by("review__due_on", "pk")
    ]


def _votes(user: User, groups: Groups) -> list[Task]:
    rows: Any = Approval.objects.open().filter(
        plan__group__in=groups,
        closes_on__gte=timezone.localdate(),
        votes__user=user,
        votes__choice="",
    )
    return [
        Task(
            _("The group votes on “%(plan)s”.") % {"plan": row.plan},
            row.get_absolute_url(),
            due=row.closes_on,
        )
        for row in rows.select_related("plan").order_by("closes_on", "pk")
    ]


def _sections(user: User, groups: Groups) -> list[Task]:
    today = timezone.localdate()
    rows: Any = Section.objects.there().filter(
        plan__group__in=groups,
        responsible=user,
        status=Section.Status.DRAFT,
        due_on__lte=today + AHEAD,
    )
    return [
        Task(
            _("Write the section “%(section)s”.") % {"section": row},
            row.get_absolute_url(),
            due=row.due_on,
            late=row.due_on < today,
        )
        for row in rows.select_related("plan").order_by("due_on", "pk")
    ]


def _proposals(groups: Groups) -> list[Task]:
    """One line for each plan; its page says where they are."""
    counted = (
        TextProposal.objects.filter(
            state=TextProposal.State.SENT,
            text__kind=texts.SECTION,
            text__section_text__section__plan__group__in=groups,
            text__section_text__section__deleted_at=None,
        )
        .values_list("text__section_text__section__plan")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return _counted(
        dict(counted),
        lambda n: ngettext(
            "%(n)d proposal for “%(plan)s” is waiting to be decided.",
            "%(n)d proposals for “%(plan)s” are waiting to be decided.",
            n,
        ),
        "plan:plan",
    )


def _comments(groups: Groups) -> list[Task]:
    waiting = EditionComment.objects.filter(
        state=EditionComment.State.WAITING, edition__plan__group__in=groups
    )
    counted = waiting.values_list("edition__plan").annotate(n=Count("pk")).order_by()
    return _counted(
        dict(counted),
        lambda n: ngettext(
            "%(n)d comment on “%(plan)s” is waiting for you.",
            "%(n)d comments on “%(plan)s” are waiting for you.",
            n,
        ),
        "plan:comment_queue",
    )


def _counted(found: dict[int, int], say: Callable[[int], str], name: str) -> list[Task]:
    plans = Plan.objects.in_bulk(found) if found else {}
    return [
        Task(say(n) % {"n": n, "plan": plans[pk]}, reverse(name, args=[plans[pk].slug]))
        for pk, n in found.items()
    ]


_OF_MEMBERS = (_reviews, _votes, _sections)
_OF_COORDINATION = (_proposals, _comments)
more_tasks.append(tasks)
