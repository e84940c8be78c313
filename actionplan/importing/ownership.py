"""A document on its way into a plan is seen by whoever brings it, and by nobody else."""

from typing import Any

from actionplan.models import PlanImport
from groups.writing import register_rows
from in4green.livetext.owners import Access

KIND = "plan_import"


def _access(user: Any, row: PlanImport) -> Access:
    is_mine = row.by_id == user.pk and user.has_perm("actionplan.change_plan", row.plan)
    return Access.WRITE if is_mine else Access.NOTHING


register_rows(
    KIND,
    lambda: PlanImport.objects.select_related("plan__group"),
    group="plan__group",
    access=_access,
)
