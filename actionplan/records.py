"""Actions, and what they are for, as JSON records in the active language (``whole``)."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from actionplan.models import (
    Action,
    Funding,
    Indicator,
    Objective,
    Plan,
    Risk,
    Step,
    TestingAction,
)
from actionplan.models.plan import in_language
from in4green.livetext.archive.several import contents
from in4green.livetext.content.tree import Content
from in4green.livetext.content.uncommented import uncommented
from meetings.models import Lesson, Practice

Record = dict[str, Any]


def of_plan(plan: Plan, *, inside: bool, described: bool = True) -> Record:
    """``described``: with the texts of the actions, which are longer than all the rest."""
    found = {name: read(plan) for name, read in _AROUND.items()}
    return {**found, "actions": _actions(plan, inside=inside, described=described)}


def of_parts(plan: Plan, parts: Collection[str]) -> Record:
    """For a table in a page of the group: the facts of each action, and of the rest these parts."""
    inner = [part for part in parts if part in _PARTS]
    steps = Prefetch("steps", Step.objects.prefetch_related("after"))
    rows = (
        plan.actions.there()
        .select_related("lead_organisation", "lead_member")
        .prefetch_related(*(steps if part == "steps" else part for part in inner))
    )
    names = _step_names(rows) if "steps" in inner else {}
    return {
        **{part: read(plan) for part, read in _AROUND.items() if part in parts},
        "actions": [
            {**_facts(row, inside=True), **{part: _PARTS[part](row, names) for part in inner}}
            for row in rows
        ],
    }


def _numbered(rows: list[Objective]) -> list[Record]:
    """Strategic ones are 1, 2 …, specific ones 1.1, 1.2 …; each below the one it is part of."""
    found = []
    for n, one in enumerate((row for row in rows if row.parent_id is None), 1):
        found.append({"id": one.pk, "part_of": None, "number": f"{n}", "title": str(one)})
        parts = (row for row in rows if row.parent_id == one.pk)
        found += [
            {"id": part.pk, "part_of": one.pk, "number": f"{n}.{m}", "title": str(part)}
            for m, part in enumerate(parts, 1)
        ]
    return found


_AROUND: dict[str, Callable[[Plan], list[Record]]] = {
    "objectives": lambda plan: _numbered(list(plan.objectives.all())),
    "areas": lambda plan: [{"id": one.pk, "title": str(one)} for one in plan.areas.all()],
    "funding_sources": lambda plan: [
        {"id": one.pk, "kind": one.kind, "title": str(one)} for one in plan.funding_sources.all()
    ],
}


def _actions(plan: Plan, *, inside: bool, described: bool) -> list[Record]:
    rows = list(_rows(plan, inside=inside))
    said = contents([row.text for row in rows]) if described else {}
    names = _step_names(rows)
    return [_action(row, said.get(row.text_id), names, inside=inside) for row in rows]


def _step_names(rows: Iterable[Action]) -> dict[int, str]:
    """By key: the action's number and the step's own."""
    return {
        step.pk: f"{row.number}.{n}" for row in rows for n, step in enumerate(row.steps.all(), 1)
    }


def _rows(plan: Plan, *, inside: bool) -> Iterable[Action]:
    """With all that is told of them."""
    practices, lessons = Practice.objects.by_title(), Lesson.objects.select_related("practice")
    lessons = lessons.select_related("visit__meeting")
    steps = Step.objects.prefetch_related("after")
    return (
        plan.actions.there()
        .select_related("objective", "area", "lead_organisation", "lead_member", "text")
        .prefetch_related(
            "topics", "partners", "risks", "indicators", "testing_actions",
            Prefetch("steps", steps),
            Prefetch("fundings", Funding.objects.select_related("source")),
            Prefetch("practices", practices if inside else practices.public(), "practices_shown"),
            Prefetch("lessons", lessons if inside else lessons.public(), "lessons_shown"),
        )
    )  # fmt: skip


def _action(row: Action, said: Content | None, names: dict[int, str], *, inside: bool) -> Record:
    return {
        **_facts(row, inside=inside),
        "description": said and uncommented(said),
        **{part: read(row, names) for part, read in _PARTS.items()},
        "practices": [_linked(one, one.title) for one in row.practices_shown],  # type: ignore[attr-defined]
        "lessons": [_linked(one, str(one)) for one in row.lessons_shown],  # type: ignore[attr-defined]
    }


def _facts(row: Action, *, inside: bool) -> Record:
    return {
        "number": row.number,
        "title": str(row),
        "summary": _either(row, "summary"),
        "objective": row.objective_id,
        "area": row.area_id,
        **_lead(row, inside=inside),
        "starts_on": _day(row.starts_on),
        "ends_on": _day(row.ends_on),
        "cost": _amount(row.cost),
        "cost_note": row.cost_note,
        "is_unfunded": row.is_unfunded,
        "dropped_on": _day(row.dropped_at and timezone.localdate(row.dropped_at)),
        "dropped_because": row.dropped_because if row.dropped_at else "",
    }


# What there may be several of, by name; each takes the names of steps.
_PARTS: dict[str, Callable[[Action, dict[int, str]], list[Any]]] = {
    "topics": lambda row, _names: [
        {"slug": topic.slug, "title": topic.name} for topic in row.topics.all()
    ],
    "partners": lambda row, _names: [one.name for one in row.partners.all()],
    "steps": lambda row, names: [_step(one, names) for one in row.steps.all()],
    "fundings": lambda row, _names: [_funding(one) for one in row.fundings.all()],
    "risks": lambda row, _names: [_risk(one) for one in row.risks.all()],
    "indicators": lambda row, _names: [_indicator(one) for one in row.indicators.all()],
    "testing_actions": lambda row, _names: [_testing(one) for one in row.testing_actions.all()],
}


def _lead(row: Action, *, inside: bool) -> Record:
    """An edition can never be changed again: it names organisations, no people."""
    member = row.lead_member.name if row.lead_member else ""
    return {
        "lead_organisation": row.lead_organisation.name if row.lead_organisation else "",
        "lead_person": (row.lead_name or member) if inside else "",
    }


def _step(one: Step, names: dict[int, str]) -> Record:
    """``number`` is the action's and its own place; ``after``: numbers of other steps."""
    return {
        "number": names[one.pk],
        "title": str(one),
        "responsible": one.responsible,
        "starts_on": _day(one.starts_on),
        "ends_on": _day(one.ends_on),
        "after": sorted(names[other.pk] for other in one.after.all() if other.pk in names),
    }


def _funding(one: Funding) -> Record:
    return {
        "source": one.source_id,
        "year": one.year,
        **{name: _amount(getattr(one, name)) for name in ("planned", "secured", "spent")},
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
        "baseline_on": _day(one.baseline_on),
        "target": _measured(one, "target"),
        "target_on": _day(one.target_on),
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
    days = {"starts_on": _day(one.starts_on), "ends_on": _day(one.ends_on)}
    return {
        **{name: getattr(one, name) for name in words},
        **days,
        "budget": _amount(one.budget),
    }


def _linked(row: Any, title: str) -> Record:
    return {"title": title, "address": f"{settings.BASE_URL}{row.get_absolute_url()}"}


def _either(row: Any, name: str) -> str:
    return in_language(getattr(row, name), getattr(row, f"{name}_en"))


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
