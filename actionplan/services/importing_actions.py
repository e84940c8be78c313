"""Rows of a table become actions: those that were ticked, all at once or not at all."""

from collections.abc import Collection, Iterable

from django.db import transaction

from actionplan.importing.actions import Planned, Planner, digest
from actionplan.importing.rows import Row
from actionplan.models import Plan
from actionplan.services.actions import lock, new_action
from actionplan.texts import tell_tables
from groups.models import User
from in4green.activity.services import record


@transaction.atomic
def take_over(
    plan: Plan, rows: Iterable[Row], *, shown: str, ticked: Collection[int], by: User
) -> tuple[list[Planned], bool]:
    """``shown``: the digest of what was confirmed. False if it would be something else now."""
    plan = lock(plan)
    planned = Planner(plan).plan_rows(rows)
    if digest(planned) != shown:
        return planned, False
    taken = [one for one in planned if one.is_new and one.row.number in ticked]
    for one in taken:
        new_action(plan, by=by, **one.fields)
    if taken:
        record(by, "actions.imported", plan, rows=len(taken))
        tell_tables(plan)
    return taken, True
