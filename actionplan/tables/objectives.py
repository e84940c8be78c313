"""Which action serves which objective, and in which area."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import NOTHING, span

Data = dict[str, Any]

PARTS = ("objectives", "areas")
FOLDED = False
EMPTY = gettext_lazy("Here the actions will stand by objective, with their area of intervention.")


def data(record: Data) -> Data:
    areas = {area["id"]: area["title"] for area in record["areas"]}
    known = {one["id"] for one in record["objectives"]}
    objectives = [
        {
            "number": one["number"],
            "title": one["title"],
            "part_of": one["part_of"],
            "actions": _actions(record, areas, {one["id"]}),
        }
        for one in record["objectives"]
    ]
    others = [one["objective"] for one in record["actions"] if one["objective"] not in known]
    return {"objectives": objectives, "others": _actions(record, areas, set(others))}


def _actions(record: Data, areas: dict[int, str], objectives: set[Any]) -> list[Data]:
    return [
        {
            "label": one["title"],
            "area": areas.get(one["area"], ""),
            "lead": one["lead_organisation"] or one["lead_person"],
            "starts_on": one["starts_on"],
            "ends_on": one["ends_on"],
        }
        for one in record["actions"]
        if one["objective"] in objectives
    ]


def grids(data: Data) -> list[Grid]:
    """A strategic objective without actions of its own is the heading of its specific ones."""
    bodies = [
        Body(tuple(map(_row, one["actions"])), title=f"{one['number']} {one['title']}")
        for one in data["objectives"]
    ]
    if data["others"]:
        title = _("Not yet assigned to an objective") if data["objectives"] else ""
        bodies.append(Body(tuple(map(_row, data["others"])), title=title))
    columns = (Column(_("Action")), Column(_("Area")), Column(_("Lead")), Column(_("When")))
    return [Grid(_("Actions by objective"), columns, tuple(bodies))] if bodies else []


def _row(action: Data) -> Row:
    return Row(
        (action["label"], action["area"] or NOTHING, action["lead"] or NOTHING, span(action))
    )


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    return []
