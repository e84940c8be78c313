"""An action in the chain: what led to it, and on the pages of practices and lessons the actions
that cite them."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.models import Action, Plan
from meetings import chains
from meetings.models import Meeting, Practice, SiteVisit


def chain_of_action(action: Any, user: Any) -> list[chains.Step]:
    """Of an action with ``practices_seen`` and ``lessons_seen``."""
    lessons = action.lessons_seen
    practices = {one.pk: one for one in action.practices_seen}
    practices |= {one.practice_id: one.practice for one in lessons if one.practice_id}
    visits = _visits(practices, lessons, user)
    return [
        chains.step(_("Meeting"), chains.meetings_of(visits)),
        chains.step(_("Visit"), map(chains.link_of_visit, visits)),
        chains.step(_("Good practice"), map(chains.link, practices.values())),
        chains.step(_("Lesson"), map(chains.link_of_lesson, lessons)),
        chains.step(_("Action"), [chains.link(action)], here=True),
    ]


def _visits(practices: Any, lessons: Any, user: Any) -> list[SiteVisit]:
    visits = SiteVisit.objects.filter(meeting__in=Meeting.objects.visible_to(user))
    of = Q(practices__in=list(practices)) | Q(pk__in=[one.visit_id for one in lessons])
    found = visits.filter(of).distinct().select_related("meeting")
    return list(found.order_by("-meeting__begins_on", "pk"))


def onward(user: Any, row: Any) -> chains.Onward:
    """From a practice or a lesson: the actions that cite it, and where one can be begun."""
    if not user.is_authenticated:
        return chains.Onward()
    kind = "practice" if isinstance(row, Practice) else "lesson"
    citing = Action.objects.visible_to(user).going_on().filter(**{f"{kind}s": row})
    return chains.Onward(
        [chains.link(one) for one in citing.select_related("plan")],
        [_begin(plan, kind, row) for plan in _plans_of(user)],
    )


def _plans_of(user: Any) -> Any:
    """For which somebody may begin actions."""
    plans = Plan.objects.visible_to(user)
    if user.is_superuser:
        return plans
    mine = user.memberships.current().exclude(role="reader")
    return plans.filter(group__in=mine.values("group"))


def _begin(plan: Plan, kind: str, row: Any) -> chains.Link:
    number = row.slug if kind == "practice" else row.pk
    url = f"{reverse('plan:new_action', args=[plan.slug])}?{kind}={number}"
    return chains.Link(str(plan), url)


chains.register(onward)
