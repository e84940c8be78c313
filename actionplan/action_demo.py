"""Actions to try things with: eight made-up ones, from a finished start to one that was dropped.

Days are relative to the day on which they are loaded, so that a newcomer finds a plan alive.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplan.demo_actions import ACTIONS, AREAS, DESCRIPTION, OBJECTIVES, SOURCES
from actionplan.models import (
    Action,
    Area,
    Funding,
    FundingSource,
    Indicator,
    Objective,
    Plan,
    Risk,
    Step,
    TestingAction,
)
from actionplan.services import actions as services
from groups.models import Organisation, Topic, User
from in4green.livetext.content.html_in import from_html
from meetings.models import Lesson, Practice
from meetings.services import minutes


@transaction.atomic
def load_demo(plan: Plan) -> bool:
    """False if they were loaded before, or nobody coordinates the plan's group."""
    coordinators = plan.group.memberships.current().coordinators().select_related("user")
    first = coordinators.first()
    if first is None or plan.actions.exists():
        return False
    objectives, areas, sources = _load_goals(plan)
    steps: dict[tuple[int, int], Step] = {}
    for facts in ACTIONS:
        action = _load_action(plan, facts, objectives, areas, by=first.user)
        _load_steps(action, facts.get("steps", []), steps)
        _load_figures(action, facts, sources)
        if facts.get("dropped"):
            services.drop(action, reason=facts["dropped"], by=first.user)
    return True


def _load_goals(plan: Plan) -> tuple[list[Objective], list[Area], list[FundingSource]]:
    objectives: list[Objective] = []
    for at, (title, english, parent) in enumerate(OBJECTIVES, 1):
        above = None if parent is None else objectives[parent]
        objectives.append(
            Objective.objects.create(
                plan=plan, position=at, title=title, title_en=english, parent=above
            )
        )
    areas = [
        Area.objects.create(plan=plan, position=at, title=title, title_en=english)
        for at, (title, english) in enumerate(AREAS, 1)
    ]
    sources = [
        FundingSource.objects.create(
            plan=plan, position=at, kind=kind, title=title, title_en=english
        )
        for at, (kind, title, english) in enumerate(SOURCES, 1)
    ]
    return objectives, areas, sources


def _load_action(
    plan: Plan, facts: dict[str, Any], objectives: list[Objective], areas: list[Area], *, by: User
) -> Action:
    begins = _day(facts["begins"]) if "begins" in facts else None
    action = services.new_action(
        plan,
        by=by,
        title=facts["title"],
        title_en=facts["title_en"],
        summary=facts.get("summary", ""),
        summary_en=facts.get("summary_en", ""),
        objective=objectives[facts["objective"]] if "objective" in facts else None,
        area=areas[facts["area"]],
        starts_on=begins,
        ends_on=begins + timedelta(days=facts["days"]) if begins else None,
        cost=facts.get("cost"),
        cost_note=facts.get("cost_note", ""),
        is_unfunded=facts.get("unfunded", False),
        **(_lead(plan) if "cost" in facts else {}),
        **(_origin(plan) if facts.get("cites") else {}),
    )
    if "summary" in facts:
        minutes.write(action.text, from_html(DESCRIPTION), by=by)
    return action


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _lead(plan: Plan) -> dict[str, Any]:
    people = plan.group.memberships.current().filter(role="editor").select_related("user")
    member = people.order_by("pk").first()
    firms = Organisation.objects.filter(city=plan.group.city_id).order_by("pk")
    return {
        "lead_member": member and member.user,
        "lead_organisation": firms.first(),
        "partners": list(firms[1:3]),
        "topics": list(Topic.objects.order_by("pk")[:2]),
    }


def _origin(plan: Plan) -> dict[str, Any]:
    practices = Practice.objects.filter(group=plan.group_id).order_by("pk")[:1]
    lessons = Lesson.objects.filter(group=plan.group_id).order_by("pk")[:1]
    return {"practices": list(practices), "lessons": list(lessons)}


def _load_steps(action: Action, rows: list[Any], steps: dict[tuple[int, int], Step]) -> None:
    for at, (title, who, first, last, after) in enumerate(rows, 1):
        begins = action.starts_on or timezone.localdate()
        step = Step.objects.create(
            action=action,
            position=at,
            title=title,
            responsible=who,
            starts_on=begins + timedelta(days=first),
            ends_on=begins + timedelta(days=last),
        )
        steps[action.number, at] = step
        step.after.set(steps[one] for one in after)


def _load_figures(action: Action, facts: dict[str, Any], sources: list[FundingSource]) -> None:
    for at, row in enumerate(facts.get("funding", []), 1):
        _load_funding(action, at, sources, *row)
    for at, row in enumerate(facts.get("risks", []), 1):
        _load_risk(action, at, *row)
    for at, row in enumerate(facts.get("indicators", []), 1):
        _load_indicator(action, at, *row)
    for at, row in enumerate(facts.get("tests", []), 1):
        _load_test(action, at, *row)


def _load_funding(
    action: Action, at: int, sources: list[FundingSource], source: int, later: int, *amounts: int
) -> None:
    planned, secured, spent = amounts
    Funding.objects.create(
        action=action, position=at, source=sources[source],
        year=timezone.localdate().year + later, planned=planned, secured=secured, spent=spent,
    )  # fmt: skip


def _load_risk(action: Action, at: int, *row: Any) -> None:
    kind, title, likelihood, impact, mitigation, owner = row
    Risk.objects.create(
        action=action, position=at, kind=kind, title=title, likelihood=likelihood,
        impact=impact, mitigation=mitigation, owner=owner,
    )  # fmt: skip


def _load_indicator(action: Action, at: int, *row: Any) -> None:
    kind, measure, title, unit, baseline, target = row
    Indicator.objects.create(
        action=action, position=at, kind=kind, measure=measure, title=title, unit=unit,
        baseline=_number(baseline), target=_number(target), target_on=action.ends_on,
        target_words="Sie würden es wieder tun." if measure == Indicator.Measure.WORDS else "",
    )  # fmt: skip


def _load_test(action: Action, at: int, *row: Any) -> None:
    title, hypothesis, happened, decision, because = row
    TestingAction.objects.create(
        action=action, position=at, title=title, hypothesis=hypothesis, happened=happened,
        decision=decision, because=because, place="Musterhausen", budget=2_000,
    )  # fmt: skip


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
