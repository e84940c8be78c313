"""What an action may have several of: how it is found, and how the plan's record tells it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet

from actionplan.gathering import Parts
from actionplan.models import Funding, Indicator, Risk, Step, TestingAction
from actionplan.models.plan import in_language
from groups.models import Organisation, Topic

Record = dict[str, Any]


def _step(one: Step, after: list[Any], names: dict[int, str]) -> Record:
    """``number`` is the action's and its own place; ``after``: numbers of other steps."""
    others = (pair.to_step_id for pair in after if pair.from_step_id == one.pk)
    return {
        "number": names[one.pk],
        "title": str(one),
        "responsible": one.responsible,
        "starts_on": day(one.starts_on),
        "ends_on": day(one.ends_on),
        "after": sorted(names[other] for other in others if other in names),
    }


def _funding(one: Funding) -> Record:
    return {
        "source": one.source_id,
        "year": one.year,
        **{name: amount(getattr(one, name)) for name in ("planned", "secured", "spent")},
    }


def _risk(one: Risk) -> Record:
    return {
        "kind": one.kind,
        "title": str(one),
        "likelihood": one.likelihood,
        "impact": one.impact,
        "mitigation": one.mitigation,
        "owner": one.owner,
    }


def _indicator(one: Indicator) -> Record:
    """A number for what is counted, true or false for yes or no, else words."""
    return {
        "kind": one.kind,
        "measure": one.measure,
        "title": str(one),
        "unit": one.unit,
        "baseline": _measured(one, "baseline"),
        "baseline_on": day(one.baseline_on),
        "target": _measured(one, "target"),
        "target_on": day(one.target_on),
        "source": one.source,
        "responsible": one.responsible,
    }


def _measured(one: Indicator, name: str) -> Any:
    value: Decimal | None = getattr(one, name)
    if one.measure == Indicator.Measure.WORDS:
        return getattr(one, f"{name}_words")
    if value is None:
        return None
    return bool(value) if one.measure == Indicator.Measure.YES_NO else f"{value.normalize():f}"


def _testing(one: TestingAction) -> Record:
    words = ("title", "hypothesis", "place", "happened", "decision", "because")
    days = {"starts_on": day(one.starts_on), "ends_on": day(one.ends_on)}
    return {
        **{name: getattr(one, name) for name in words},
        **days,
        "budget": amount(one.budget),
    }


def either(row: Any, name: str) -> str:
    return in_language(getattr(row, name), getattr(row, f"{name}_en"))


def amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


# What there may be several of in an action, ``OuterRef("pk")``.
KINDS: dict[str, QuerySet[Any]] = {
    "topics": Topic.objects.filter(actions=OuterRef("pk")),
    "partners": Organisation.objects.filter(partnered_actions=OuterRef("pk")),
    "steps": Step.objects.filter(action=OuterRef("pk")),
    "after": Step.after.through.objects.filter(from_step__action=OuterRef("pk")),
    "fundings": Funding.objects.filter(action=OuterRef("pk")),
    "risks": Risk.objects.filter(action=OuterRef("pk")),
    "indicators": Indicator.objects.filter(action=OuterRef("pk")),
    "testing_actions": TestingAction.objects.filter(action=OuterRef("pk")),
}
# How they are told; each takes the names of steps.
PARTS: dict[str, Callable[[Parts, dict[int, str]], list[Any]]] = {
    "topics": lambda its, _names: [
        {"slug": topic.slug, "title": topic.name} for topic in its["topics"]
    ],
    "partners": lambda its, _names: [one.name for one in its["partners"]],
    "steps": lambda its, names: [_step(one, its["after"], names) for one in its["steps"]],
    "fundings": lambda its, _names: [_funding(one) for one in its["fundings"]],
    "risks": lambda its, _names: [_risk(one) for one in its["risks"]],
    "indicators": lambda its, _names: [_indicator(one) for one in its["indicators"]],
    "testing_actions": lambda its, _names: [_testing(one) for one in its["testing_actions"]],
}
