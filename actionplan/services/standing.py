"""How far a plan has come: one step forward, or back with a reason; by a person, on a day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Plan, PlanStatusChange
from groups.models import User
from in4green.activity.services import record

MEANWHILE = gettext_lazy("Somebody has changed the status meanwhile. Nothing was changed by you.")
STEPS: list[str] = list(Plan.Status.values)


def possible(status: str) -> list[str]:
    """The next one first, then those before, the nearest first."""
    here = STEPS.index(status)
    return [*STEPS[here + 1 : here + 2], *reversed(STEPS[:here])]


def is_back(status: str, to: str) -> bool:
    return STEPS.index(to) < STEPS.index(status)


@transaction.atomic
def set_status(
    plan: Plan, *, status: str, happened_on: date, note: str = "", seen: str, by: User
) -> PlanStatusChange:
    """``seen``: what it was for whoever decided, so that two clicks are one step.

    Raises ValidationError with the name of the field that it is about.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.status != seen:
        raise ValidationError(MEANWHILE, code="meanwhile")
    check(plan, status=status, happened_on=happened_on, note=note)
    plan.status = status
    plan.save(update_fields=["status"])
    change: PlanStatusChange = plan.status_changes.create(
        status=status, happened_on=happened_on, note=note, by=by
    )
    record(by, "plans.status", plan, status=status, on=happened_on.isoformat())
    return change


def check(plan: Plan, *, status: str, happened_on: date, note: str) -> None:
    if status not in possible(plan.status):
        raise ValidationError(
            {"status": _("A plan goes forward one step at a time, or back to an earlier one.")}
        )
    if is_back(plan.status, status) and not note:
        raise ValidationError({"note": _("Please say why it goes back.")})
    if happened_on > timezone.localdate():
        raise ValidationError({"happened_on": _("This day is still to come.")})
    last = plan.status_changes.order_by("-happened_on", "-pk").first()
    if last and happened_on < last.happened_on:
        day = {"day": date_format(last.happened_on)}
        raise ValidationError(
            {"happened_on": _("The step before was on %(day)s: this one can’t be earlier.") % day}
        )
