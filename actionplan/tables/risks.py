"""What can go wrong: how likely, how bad, and what is done about it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Risk
from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import NOTHING

Data = dict[str, Any]

PARTS = ("risks",)
FOLDED = False
EMPTY = gettext_lazy("Here the risks of all actions will stand, the gravest first.")
LEVELS = range(1, 6)
MOST_IN_CELL = 6  # numbers; of more, their count
_CELL, _LEFT, _TOP = 54, 9.0, 28


def data(record: Data) -> Data:
    """The gravest first; numbered in this order, as the drawing names them."""
    found = [
        {**risk, "action": action["title"], "kind": str(Risk.Kind(risk["kind"]).label)}
        for action in record["actions"]
        for risk in action["risks"]
    ]
    found.sort(key=lambda risk: (-_grade(risk), -risk["impact"]))
    return {
        "risks": [{"number": n, **risk, "level": _level(risk)} for n, risk in enumerate(found, 1)]
    }


def _grade(risk: Data) -> int:
    return int(risk["likelihood"]) * int(risk["impact"])


def _level(risk: Data) -> int:
    """0 to be watched, 1 to be lessened, 2 grave."""
    return sum(_grade(risk) >= least for least in (5, 12))


def _words(level: int) -> str:
    return [_("to be watched"), _("to be lessened"), _("grave")][level]


def grids(data: Data) -> list[Grid]:
    columns = (
        Column(_("Risk")),
        Column(_("Action")),
        Column(_("Likelihood")),
        Column(_("Impact")),
        Column(_("What we do about it")),
        Column(_("Who keeps an eye on it")),
    )
    rows = tuple(map(_row, data["risks"]))
    return [Grid(_("Risks, the gravest first"), columns, (Body(rows),))] if rows else []


def _row(risk: Data) -> Row:
    name = f"{risk['number']}. {risk['title']}\n{risk['kind']}, {_words(risk['level'])}"
    likelihood, impact = (_graded(risk[axis]) for axis in ("likelihood", "impact"))
    mitigation, owner = risk["mitigation"] or NOTHING, risk["owner"] or NOTHING
    return Row((name, risk["action"], likelihood, impact, mitigation, owner))


def _graded(level: int) -> str:
    return f"{level} ({Risk.Level(level).label})"


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    """Likelihood upwards, impact to the right; in each field the numbers of its risks."""
    if not data["risks"]:
        return []
    said = _(
        "Fields by likelihood and impact, from 1 (very low) to 5 (very high), with the numbers"
        " of the risks in the table."
    )
    chart = Chart(_("Risks by likelihood and impact"), said)
    width = (100 - _LEFT) / len(LEVELS)
    chart.words("quiet", 0, 14, _("Likelihood: 5 is very high"))
    for place, likelihood in enumerate(reversed(LEVELS)):
        y = _TOP + place * _CELL
        chart.words("strong", _LEFT - 3, y + _CELL / 2 + 4, str(likelihood), "end")
        for impact in LEVELS:
            _field(chart, data, (likelihood, impact), _LEFT + (impact - 1) * width, y, width)
    bottom = _TOP + len(LEVELS) * _CELL
    for impact in LEVELS:
        chart.words("strong", _LEFT + (impact - 0.5) * width, bottom + 17, str(impact), "middle")
    chart.words("quiet", 100, bottom + 36, _("Impact: 5 is very high"), "end")
    chart.height = bottom + 44
    return [chart]


def _field(
    chart: Chart, data: Data, place: tuple[int, int], x: float, y: float, width: float
) -> None:
    level = _level({"likelihood": place[0], "impact": place[1]})
    here = [
        str(risk["number"])
        for risk in data["risks"]
        if (risk["likelihood"], risk["impact"]) == place
    ]
    chart.box(f"cell{level}", x, y, width, _CELL)
    if len(here) > MOST_IN_CELL:
        here = [_("%(n)d risks") % {"n": len(here)}]
    lines = [", ".join(here[at : at + 2]) for at in range(0, len(here), 2)]
    first = y + _CELL / 2 + 4 - (len(lines) - 1) * 8
    for n, line in enumerate(lines):
        chart.words("words", x + width / 2, first + n * 16, line, "middle")
