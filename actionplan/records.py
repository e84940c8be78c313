"""Actions, and what they are for, as JSON records in the active language (``whole``)."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet
from django.utils import timezone

from actionplan.gathering import Parts, gather
from actionplan.models import Action, Area, FundingSource, Objective, Plan
from actionplan.record_parts import KINDS, PARTS, amount, day, either
from in4green.livetext.archive.several import contents
from in4green.livetext.content.tree import Content
from in4green.livetext.content.uncommented import uncommented
from meetings.models import Lesson, Practice

Record = dict[str, Any]


def of_plan(plan: Plan, *, inside: bool, described: bool = True) -> Record:
    """``described``: with the texts of the actions, which are longer than all the rest."""
    found = list(gather(_with_chain(_rows(plan), inside=inside), KINDS))
    said = contents([row.text for row, _its in found]) if described else {}
    names = _step_names(found)
    actions = [
        {
            **_facts(row, inside=inside),
            **_described(said.get(row.text_id)),
            **{part: read(its, names) for part, read in PARTS.items()},
            **_chain(row),
        }
        for row, its in found
    ]
    return {**_tell_around(_find_around(plan, _AROUND)), "actions": actions}


class Found(NamedTuple):
    """Of a plan what some tables need, in any language."""

    parts: Collection[str]
    around: Parts
    actions: list[tuple[Action, Parts]]


def find(plan: Plan, parts: Collection[str]) -> Found:
    """For tables in a page of the group: each action, and of the rest these parts."""
    kinds = [*parts, "after"] if "steps" in parts else parts
    actions = gather(_rows(plan), {kind: KINDS[kind] for kind in kinds if kind in KINDS})
    return Found(parts, _find_around(plan, parts), list(actions))


def tell(found: Found) -> Record:
    inner = {part: read for part, read in PARTS.items() if part in found.parts}
    names = _step_names(found.actions)
    actions = [
        {**_facts(row, inside=True), **{part: read(its, names) for part, read in inner.items()}}
        for row, its in found.actions
    ]
    return {**_tell_around(found.around), "actions": actions}


def _rows(plan: Plan) -> QuerySet[Action]:
    return plan.actions.there().select_related("lead_organisation", "lead_member")


def _with_chain(rows: QuerySet[Action], *, inside: bool) -> QuerySet[Action]:
    """And with their texts; strangers see of what led to an action only what is public."""
    practices, lessons = Practice.objects.by_title(), Lesson.objects.select_related("practice")
    lessons = lessons.select_related("visit__meeting")
    return rows.select_related("text").prefetch_related(
        Prefetch("practices", practices if inside else practices.public(), "practices_shown"),
        Prefetch("lessons", lessons if inside else lessons.public(), "lessons_shown"),
    )


def _find_around(plan: Plan, parts: Collection[str]) -> Parts:
    kinds = {part: rows for part, (rows, _told) in _AROUND.items() if part in parts}
    if not kinds:
        return {}
    [(_plan, found)] = gather(Plan.objects.filter(pk=plan.pk).only("pk").order_by(), kinds)
    return found


def _tell_around(found: Parts) -> Record:
    return {part: _AROUND[part][1](rows) for part, rows in found.items()}


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


# What belongs to the plan, by name: which rows, and how they are told.
_AROUND: dict[str, tuple[QuerySet[Any], Callable[[list[Any]], list[Record]]]] = {
    "objectives": (Objective.objects.filter(plan=OuterRef("pk")), _numbered),
    "areas": (
        Area.objects.filter(plan=OuterRef("pk")),
        lambda rows: [{"id": one.pk, "title": str(one)} for one in rows],
    ),
    "funding_sources": (
        FundingSource.objects.filter(plan=OuterRef("pk")),
        lambda rows: [{"id": one.pk, "kind": one.kind, "title": str(one)} for one in rows],
    ),
}


def _step_names(found: Iterable[tuple[Action, Parts]]) -> dict[int, str]:
    """By key: the action's number and the step's own."""
    return {
        step.pk: f"{row.number}.{n}"
        for row, parts in found
        for n, step in enumerate(parts.get("steps", ()), 1)
    }


def _described(said: Content | None) -> Record:
    return {"description": said and uncommented(said)}


def _chain(row: Any) -> Record:
    return {
        "practices": [_linked(one, one.title) for one in row.practices_shown],
        "lessons": [_linked(one, str(one)) for one in row.lessons_shown],
    }


def _facts(row: Action, *, inside: bool) -> Record:
    return {
        "number": row.number,
        "title": str(row),
        "summary": either(row, "summary"),
        "objective": row.objective_id,
        "area": row.area_id,
        **_lead(row, inside=inside),
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "cost": amount(row.cost),
        "cost_note": row.cost_note,
        "is_unfunded": row.is_unfunded,
        "dropped_on": day(row.dropped_at and timezone.localdate(row.dropped_at)),
        "dropped_because": row.dropped_because if row.dropped_at else "",
    }


def _lead(row: Action, *, inside: bool) -> Record:
    """An edition can never be changed again: it names organisations, no people."""
    member = row.lead_member.name if row.lead_member else ""
    return {
        "lead_organisation": row.lead_organisation.name if row.lead_organisation else "",
        "lead_person": (row.lead_name or member) if inside else "",
    }


def _linked(row: Any, title: str) -> Record:
    return {"title": title, "address": f"{settings.BASE_URL}{row.get_absolute_url()}"}
