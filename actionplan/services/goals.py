"""What happens to the objectives, areas and sources of a plan."""

from django.db import transaction

from actionplan.forms.goals import OBJECTIVES
from actionplan.forms.sheets import PartSheet
from actionplan.services.actions import save_rows
from actionplan.texts import tell_tables
from groups.models import User
from in4green.activity.services import record


@transaction.atomic
def save_goals(sheet: PartSheet, *, by: User) -> None:
    """Expects a valid sheet, read under ``lock``."""
    changes = sheet.changes
    if sheet.part is OBJECTIVES:
        going = [row.instance.pk for row in sheet.removed]
        # A strategic one and its parts go together, in whichever order they stand.
        sheet.owner.objectives.filter(pk__in=going).update(parent=None)
    save_rows(sheet, by=by, plan=sheet.owner)
    if changes:
        record(by, "plans.goals_changed", sheet.owner, part=sheet.part.name)
        tell_tables(sheet.owner)
