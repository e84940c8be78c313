"""In which order the actions of a plan stand."""

from django.db import transaction

from actionplan.forms.actions import in_tree
from actionplan.models import Action, Plan
from actionplan.services.actions import lock
from actionplan.texts import tell_tables
from groups.models import User
from in4green.activity.services import record


def in_order(plan: Plan, actions: list[Action]) -> list[Action]:
    """Those of the first objective first; those without any come last."""
    places = {one.pk: at for at, one in enumerate(in_tree(plan.objectives.all()))}
    last = len(places)
    return sorted(
        actions,
        key=lambda one: (places.get(one.objective_id or 0, last), one.position, one.number),
    )


@transaction.atomic
def move(action: Action, *, up: bool, by: User) -> bool:
    """Past its neighbour within the same objective; False at the end of it."""
    plan = lock(action.plan)
    ordered = in_order(plan, list(plan.actions.there()))
    at = next((i for i, one in enumerate(ordered) if one.pk == action.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(ordered):
        return False
    if ordered[at].objective_id != ordered[to].objective_id:
        return False
    ordered[at], ordered[to] = ordered[to], ordered[at]
    for position, one in enumerate(ordered, 1):
        one.position = position
    Action.objects.bulk_update(ordered, ["position"])
    record(by, "actions.moved", ordered[to], up=up)
    tell_tables(action.plan)
    return True
