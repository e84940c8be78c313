"""How far a plan has come, as a list of dated steps, and what is recorded that suggests more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import Approval, Decision, Plan, PlanStatusChange
from actionplan.services.standing import STEPS

Status = Plan.Status


@dataclass(frozen=True)
class Step:
    status: str
    title: str
    # The last time it became so, if it has and was not taken back since.
    change: PlanStatusChange | None
    is_here: bool
    is_ahead: bool

    @property
    def day(self) -> date | None:
        return self.change.happened_on if self.change else None


@dataclass(frozen=True)
class Standing:
    steps: list[Step]
    # Every change, the newest first, as it was entered.
    changes: list[PlanStatusChange]
    suggestion: str


def of(plan: Plan) -> Standing:
    changes = list(plan.status_changes.select_related("by"))
    return Standing(_steps(plan, changes), changes, suggestion(plan))


def _steps(plan: Plan, changes: list[PlanStatusChange]) -> list[Step]:
    here = STEPS.index(plan.status)
    names = dict(Status.choices)
    found = []
    for at, status in enumerate(STEPS):
        last = next((change for change in changes if change.status == status), None)
        is_ahead = at > here
        step = Step(status, str(names[status]), None if is_ahead else last, at == here, is_ahead)
        found.append(step)
    return found


def suggestion(plan: Plan) -> str:
    """What is recorded that speaks for the next step; empty where nothing does."""
    ask = _suggestions.get(plan.status)
    return ask(plan) if ask else ""


def _after_peers(plan: Plan) -> str:
    review: Any = plan.reviews.closed().filter(peers__statements__isnull=False).first()
    review = review or plan.reviews.closed().filter(peers__answered_at__isnull=False).first()
    if review is None:
        return ""
    day = {"day": _day(timezone.localdate(review.closed_at))}
    return _("The review with other cities was closed on %(day)s.") % day


def _after_vote(plan: Plan) -> str:
    vote: Any = plan.approvals.closed().order_by("-closed_at").first()
    if vote is None or vote.outcome != Approval.Outcome.AGREED:
        return ""
    return _("The group has agreed on %(day)s.") % {"day": _day(timezone.localdate(vote.closed_at))}


def _after_decision(plan: Plan) -> str:
    decision: Decision | None = plan.decisions.order_by("-decided_on", "-pk").first()
    if decision is None or not decision.is_adoption:
        return ""
    said = {"body": decision.body, "day": _day(decision.decided_on)}
    return _("%(body)s has adopted it on %(day)s.") % said


def _day(day: date) -> str:
    return date_format(day)


_suggestions = {
    Status.DRAFT.value: _after_peers,
    Status.PEER_REVIEWED.value: _after_vote,
    Status.FINAL.value: _after_decision,
}
