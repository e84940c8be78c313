"""What the actions cost and who pays, by source and year."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import money, shortened

Data = dict[str, Any]
Amounts = dict[str, Decimal]

PARTS = ("funding_sources", "fundings")
FOLDED = False
EMPTY = gettext_lazy("Here the plan’s cost will stand, and who pays for it, by year and source.")
KINDS = ("planned", "secured", "spent")
_ROW = 58
_LONGEST = 46


def data(record: Data) -> Data:
    amounts: dict[int, dict[int, Amounts]] = defaultdict(lambda: defaultdict(_none))
    for action in record["actions"]:
        for one in action["fundings"]:
            for kind in KINDS:
                amounts[one["source"]][one["year"]][kind] += Decimal(one[kind])
    costs = [Decimal(one["cost"]) for one in record["actions"] if one["cost"] is not None]
    return {
        "sources": [
            {"title": source["title"], "years": _years(amounts[source["id"]])}
            for source in record["funding_sources"]
            if source["id"] in amounts
        ],
        "cost": f"{sum(costs, Decimal(0)):.2f}",
        "unfunded": [one["title"] for one in record["actions"] if one["is_unfunded"]],
        "without_cost": [one["title"] for one in record["actions"] if one["cost"] is None],
    }


def _none() -> Amounts:
    return dict.fromkeys(KINDS, Decimal(0))


def _years(amounts: dict[int, Amounts]) -> list[Data]:
    return [
        {"year": year, **{kind: f"{amounts[year][kind]:.2f}" for kind in KINDS}}
        for year in sorted(amounts)
    ]


def _by_year(data: Data) -> list[Data]:
    """The same over all sources."""
    sums: dict[int, Amounts] = defaultdict(_none)
    for source in data["sources"]:
        for year in source["years"]:
            for kind in KINDS:
                sums[year["year"]][kind] += Decimal(year[kind])
    return _years(sums)


def grids(data: Data) -> list[Grid]:
    if not data["sources"] and not Decimal(data["cost"]) and not data["unfunded"]:
        return []
    columns = (
        Column(_("Year")),
        Column(_("planned"), is_number=True),
        Column(_("secured"), is_number=True),
        Column(_("spent"), is_number=True),
    )
    bodies = [_body(source["title"], source["years"]) for source in data["sources"]]
    bodies.append(_body(_("All sources"), _by_year(data)))
    return [Grid(_("Cost and funding by source and year"), columns, tuple(bodies), _notes(data))]


def _body(title: str, years: list[Data]) -> Body:
    rows = [Row((str(year["year"]), *(money(year[kind]) for kind in KINDS))) for year in years]
    sums = [sum((Decimal(year[kind]) for year in years), Decimal(0)) for kind in KINDS]
    total = Row((_("together"), *map(money, sums)), is_total=True)
    return Body((*rows, total), title=title)


def _notes(data: Data) -> tuple[str, ...]:
    planned = sum((Decimal(year["planned"]) for year in _by_year(data)), Decimal(0))
    cost = Decimal(data["cost"])
    said = [_("All actions together cost %(cost)s.") % {"cost": money(cost)}]
    if planned < cost:
        said.append(_("For %(gap)s of it no funding is planned.") % {"gap": money(cost - planned)})
    if data["without_cost"]:
        names = ", ".join(data["without_cost"])
        said.append(_("Without an estimate of the cost: %(names)s.") % {"names": names})
    if data["unfunded"]:
        said.append(_("Not funded: %(names)s.") % {"names": ", ".join(data["unfunded"])})
    return tuple(said)


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    groups = [(str(year["year"]), year) for year in _by_year(data)]
    groups += [(source["title"], _summed(source["years"])) for source in data["sources"]]
    most = max((max(Decimal(row[kind]) for kind in KINDS) for _name, row in groups), default=0)
    if not most:
        return []
    found: list[Chart] = []
    for name, row in groups:
        if not found or (highest and found[-1].height + _ROW > highest):
            found.append(Chart(_("Funding by year and by source"), _described()))
            _key(found[-1])
        _bar(found[-1], name, row, Decimal(most))
    return found


def _summed(years: list[Data]) -> Data:
    return {kind: str(sum((Decimal(year[kind]) for year in years), Decimal(0))) for kind in KINDS}


def _described() -> str:
    return _("For each year and each source a bar: planned, and in it secured and spent.")


def _key(chart: Chart) -> None:
    """What the three shapes mean."""
    for place, (kind, look) in enumerate(zip(KINDS, ("planned", "part", "bar"), strict=True)):
        at = place * 30
        chart.box(look, at, 4 + place * 2, 5, 16 - place * 4)
        chart.words("quiet", at + 6.5, 16, _name(kind))
    chart.height = 34


def _name(kind: str) -> str:
    return {"planned": _("planned"), "secured": _("secured"), "spent": _("spent")}[kind]


def _bar(chart: Chart, name: str, row: Data, most: Decimal) -> None:
    """One in the other, each thinner than the one around it."""
    top = chart.height
    chart.words("strong", 0, top + 13, shortened(name, _LONGEST))
    for place, (kind, look) in enumerate(zip(KINDS, ("planned", "part", "bar"), strict=True)):
        amount = Decimal(row[kind])
        if amount:
            width = float(100 * amount / most)
            chart.box(look, 0, top + 19 + place * 3, width, 18 - place * 6)
    said = " · ".join(money(row[kind]) for kind in KINDS)
    chart.words("quiet", 0, top + 51, said)
    chart.height += _ROW + 6
