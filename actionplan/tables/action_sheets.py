"""Each action with what a plan must say of it: when, who, what it costs, who pays, by what its
success is seen and what can go wrong.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Risk
from actionplan.tables import indicators
from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import NOTHING, money, span

Data = dict[str, Any]
Lines = tuple[str, ...]

PARTS = (
    "objectives",
    "areas",
    "funding_sources",
    "partners",
    "steps",
    "fundings",
    "risks",
    "indicators",
    "testing_actions",
)
FOLDED = False
EMPTY = gettext_lazy("Here each action will stand with its steps, cost, indicators and risks.")


def data(record: Data) -> Data:
    areas = {one["id"]: one["title"] for one in record["areas"]}
    objectives = {one["id"]: f"{one['number']} {one['title']}" for one in record["objectives"]}
    sources = {one["id"]: one["title"] for one in record["funding_sources"]}
    return {
        "actions": [
            {
                "label": one["title"],
                **{name: one[name] for name in _KEPT},
                "objective": objectives.get(one["objective"], ""),
                "area": areas.get(one["area"], ""),
                "fundings": [
                    {**each, "source": sources.get(each["source"], "")} for each in one["fundings"]
                ],
            }
            for one in record["actions"]
        ]
    }


_KEPT = (
    "summary", "lead_organisation", "lead_person", "partners", "starts_on", "ends_on",
    "cost", "cost_note", "is_unfunded", "steps", "risks", "indicators", "testing_actions",
)  # fmt: skip


def grids(data: Data) -> list[Grid]:
    """One for each action, named by it."""
    columns = (Column(""), Column(""))
    return [
        Grid(
            one["label"],
            columns,
            (Body(tuple(Row((name, lines)) for name, lines in _facts(one) if any(lines))),),
        )
        for one in data["actions"]
    ]


def _facts(one: Data) -> Iterator[tuple[str, Lines]]:
    yield _("In short"), (one["summary"],)
    yield _("Objective"), (one["objective"],)
    yield _("Area of intervention"), (one["area"],)
    yield _("Who leads"), tuple(filter(None, (one["lead_organisation"], one["lead_person"])))
    yield _("Partners"), tuple(one["partners"])
    yield _("When"), _when(one)
    yield _("Cost"), _cost(one)
    yield _("Who pays"), tuple(map(_funding, one["fundings"])) or _unfunded(one)
    yield _("Indicators"), tuple(map(_indicator, one["indicators"]))
    yield _("Risks"), tuple(map(_risk, one["risks"]))
    yield _("Tried out before"), tuple(map(_testing, one["testing_actions"]))


def _when(one: Data) -> Lines:
    return tuple(each for each in (span(one), *map(_step, one["steps"])) if each != NOTHING)


def _step(step: Data) -> str:
    """One sentence without verbs: number, title, when, who, after what."""
    said = [f"{step['number']} {step['title']}", span(step), step["responsible"]]
    if step["after"]:
        said.append(_("only after %(steps)s") % {"steps": ", ".join(step["after"])})
    return "; ".join(filter(None, said))


def _cost(one: Data) -> Lines:
    if one["cost"] is None:
        return (_("not yet estimated"),)
    return tuple(filter(None, (money(one["cost"]), one["cost_note"])))


def _funding(one: Data) -> str:
    return _("%(year)s, %(source)s: planned %(planned)s, secured %(secured)s, spent %(spent)s") % {
        "year": one["year"],
        "source": one["source"],
        **{kind: money(one[kind]) for kind in ("planned", "secured", "spent")},
    }


def _unfunded(one: Data) -> Lines:
    return (_("not funded"),) if one["is_unfunded"] else ()


def _indicator(one: Data) -> str:
    facts = indicators.facts(one)
    return _("%(title)s (%(kind)s): from %(baseline)s to %(target)s") % facts


def _risk(one: Data) -> str:
    said = _("%(title)s (%(kind)s): likelihood %(likelihood)s, impact %(impact)s") % {
        "title": one["title"],
        "kind": Risk.Kind(one["kind"]).label,
        "likelihood": Risk.Level(one["likelihood"]).label,
        "impact": Risk.Level(one["impact"]).label,
    }
    return "; ".join(filter(None, (said, one["mitigation"])))


def _testing(one: Data) -> str:
    return "; ".join(
        filter(None, (one["title"], one["hypothesis"], one["happened"], one["because"]))
    )


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    return []
