"""Which step waits for which. No step waits, by whatever way round, for itself."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actionplan.models import Plan, Step
from actionplan.texts import tell_tables
from groups.models import User
from in4green.activity.services import record


def find_circle(plan: Plan, step: Step, after: Any) -> list[Step]:
    """The steps of a circle that would come about, in the order in which they would wait.

    Of actions that are dropped or in the bin, too: they may come back. Call under the plan's lock.
    """
    waits_for = defaultdict(set)
    pairs = Step.after.through.objects.filter(from_step__action__plan=plan)
    for one, other in pairs.values_list("from_step", "to_step"):
        waits_for[one].add(other)
    waits_for[step.pk] = {one.pk for one in after}
    way = _way_back(step.pk, waits_for)
    steps = Step.objects.select_related("action").in_bulk(way)
    return [steps[pk] for pk in way]


def _way_back(begin: int, waits_for: dict[int, set[int]]) -> list[int]:
    """A shortest way along which it waits for itself; each step is looked at once."""
    came_from: dict[int, int] = {}
    now = [begin]
    while now:
        later = []
        for one in now:
            for other in sorted(waits_for[one]):
                if other == begin:
                    return _trace(came_from, begin, one)
                if other not in came_from:
                    came_from[other] = one
                    later.append(other)
        now = later
    return []


def _trace(came_from: dict[int, int], begin: int, end: int) -> list[int]:
    way = [end]
    while way[-1] != begin:
        way.append(came_from[way[-1]])
    return way[::-1]


def check(plan: Plan, step: Step, after: Any) -> None:
    """Raises ValidationError that names the circle."""
    circle = find_circle(plan, step, after)
    if circle:
        names = " → ".join(f"{one} ({one.action.number})" for one in [*circle, step])
        raise ValidationError(
            _("The steps would wait for each other in a circle: %(circle)s. Nothing was saved.")
            % {"circle": names},
            code="circle",
        )


@transaction.atomic
def save_after(form: Any, *, by: User) -> Step:
    """Expects a valid form, read and checked under the plan's lock."""
    step: Step = form.instance
    if form.differs:
        step = form.keep(by=by)
        record(by, "actions.changed", step.action, part="steps")
        tell_tables(step.action.plan)
    return step
