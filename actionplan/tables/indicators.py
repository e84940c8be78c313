"""By what success is seen: where things stand, and where they are to be."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Indicator
from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import NOTHING, day, number

Data = dict[str, Any]

PARTS = ("indicators",)
FOLDED = False
EMPTY = gettext_lazy("Here the indicators will stand, with baseline and target, action by action.")


def data(record: Data) -> Data:
    return {
        "actions": [
            {"label": one["title"], "indicators": [facts(each) for each in one["indicators"]]}
            for one in record["actions"]
            if one["indicators"]
        ]
    }


def facts(one: Data) -> Data:
    """Values in words, as they are shown."""
    return {
        "kind": str(Indicator.Kind(one["kind"]).label),
        "title": one["title"],
        "baseline": _value(one, "baseline"),
        "target": _value(one, "target"),
        "source": one["source"],
        "responsible": one["responsible"],
    }


def _value(one: Data, name: str) -> str:
    value = one[name]
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        said = _("yes") if value else _("no")
    elif one["measure"] == Indicator.Measure.NUMBER:
        said = f"{number(value)} {one['unit']}".strip()
    else:
        said = value
    if not one[f"{name}_on"]:
        return said
    return _("%(value)s (%(day)s)") % {"value": said, "day": day(one[f"{name}_on"])}


def grids(data: Data) -> list[Grid]:
    columns = (
        Column(_("Indicator")),
        Column(_("Baseline")),
        Column(_("Target")),
        Column(_("Source of the data")),
        Column(_("Who measures")),
    )
    bodies = tuple(
        Body(tuple(map(row, one["indicators"])), title=one["label"]) for one in data["actions"]
    )
    return [Grid(_("Indicators"), columns, bodies)] if bodies else []


def row(one: Data) -> Row:
    values = (one[name] or NOTHING for name in ("baseline", "target", "source", "responsible"))
    return Row((f"{one['title']}\n{one['kind']}", *values))


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    return []
