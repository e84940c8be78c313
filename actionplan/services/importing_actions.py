"""Rows of a table become actions, with what belongs to them: those that were ticked, all at once
or not at all."""

from collections.abc import Collection

from django.db import transaction

from actionplan.importing.actions import Planned, Planner, digest
from actionplan.importing.belonging import keep, link
from actionplan.importing.rows import Table
from actionplan.models import Plan
from actionplan.services.actions import lock, new_action
from actionplan.texts import tell_tables
from groups.models import User
from in4green.activity.services import record


@transaction.atomic
def take_over(
    plan: Plan, table: Table, *, shown: str, ticked: Collection[int], by: User
) -> tuple[list[Planned], bool]:
    """``shown``: the digest of what was confirmed. False if it would be something else now."""
    plan = lock(plan)
    planned = Planner(plan).plan_table(table)
    if digest(planned) != shown:
        return planned, False
    taken = [one for one in planned if one.is_new and one.row.number in ticked]
    for one in taken:
        keep(one.parts, new_action(plan, by=by, **one.fields), by=by)
    link(part for one in taken for part in one.parts)
    if taken:
        record(by, "actions.imported", plan, rows=len(taken))
        tell_tables(plan)
    return taken, True
