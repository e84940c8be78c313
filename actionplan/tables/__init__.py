"""Tables and drawings that are made from a plan's actions: live in its texts, frozen in editions.

``of`` makes the data of all tables from a plan's record (``whole``, ``records``) without the
database; they are JSON, with every word in the record's language. ``html``, ``svg``, ``drawings``
and ``grids`` need nothing else, so that whoever keeps the data can show them for ever. What it is:

- ``objectives``: ``objectives`` [number, title, part_of, actions], ``others`` [action];
  an action: label, area, lead, starts_on, ends_on
- ``gantt``: ``begins``, ``ends``, ``today`` (a day or None), ``actions`` [label, starts_on,
  ends_on, steps [number, title, responsible, starts_on, ends_on, after]]
- ``funding``: ``sources`` [title, years [year, planned, secured, spent]], ``cost``, ``unfunded``
  [label], ``without_cost``
- ``risks``: ``risks`` [number, action, kind, title, likelihood, impact, level, mitigation, owner]
- ``indicators``: ``actions`` [label, indicators [kind, title, baseline, target, source,
  responsible]], values in words
- ``action_sheets``: ``actions``, as in the record, with names instead of ids

All of them have ``language``. Amounts are strings ("1234.50"), days ISO 8601.
"""

from collections.abc import Collection, Mapping
from datetime import date
from types import ModuleType
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from actionplan import records
from actionplan.models import Plan
from actionplan.tables import action_sheets, funding, gantt, indicators, objectives, risks
from actionplan.tables.chart import Chart
from actionplan.tables.grid import Grid
from in4green.livetext.content import live_tables

Data = dict[str, Any]
Record = Mapping[str, Any]

NAMES: dict[str, Any] = {
    "objectives": _("Actions by objective"),
    "gantt": _("Timeline"),
    "funding": _("Cost and funding"),
    "risks": _("Risks"),
    "indicators": _("Indicators"),
    "action_sheets": _("All actions in detail"),
}
_MODULES: dict[str, ModuleType] = {
    "objectives": objectives,
    "gantt": gantt,
    "funding": funding,
    "risks": risks,
    "indicators": indicators,
    "action_sheets": action_sheets,
}
live_tables.register(NAMES)


class Drawing(NamedTuple):
    """For paper: as high as fits on a page; ``alt`` says it in words."""

    alt: str
    svg: str
    height: int  # of ``Chart.WIDTH`` pixels


def collect(
    plan: Plan, *, language: str, only: Collection[str] = tuple(NAMES), today: date | None = None
) -> dict[str, Data]:
    """As the plan is now. ``today``: where the timeline is read live, its line."""
    return of_found(records.find(plan, parts_of(only)), language=language, only=only, today=today)


def parts_of(slugs: Collection[str]) -> frozenset[str]:
    """What they need of an action, and of what is around it."""
    return frozenset(part for slug in slugs for part in _MODULES[slug].PARTS)


def of_found(
    found: records.Found, *, language: str, only: Collection[str], today: date | None = None
) -> dict[str, Data]:
    """For whoever shows them in several languages: from what was found once."""
    with translation.override(language):
        record = records.tell(found)
    return of({**record, "language": language}, only=only, today=today)


def of(
    record: Record, *, only: Collection[str] = tuple(NAMES), today: date | None = None
) -> dict[str, Data]:
    """From what an edition keeps; dropped actions are left out."""
    going_on = [one for one in record["actions"] if not one["dropped_on"]]
    language = record["language"]
    with translation.override(language):
        found = {
            slug: {"language": language, **_MODULES[slug].data({**record, "actions": going_on})}
            for slug in NAMES
            if slug in only
        }
    if "gantt" in found:
        found["gantt"]["today"] = today.isoformat() if today else None
    return found


def html(slug: str, data: Data, *, drawing: bool = True) -> SafeString:
    """The drawing, if there is one and it is wanted, and all of it as tables."""
    module = _MODULES[slug]
    with translation.override(data["language"]):
        found = module.grids(data)
        drawn = svg(slug, data) if drawing else ""
        folded = bool(drawn) and module.FOLDED
        parts = [(grid.html(folded=folded),) for grid in found]
        if not parts:
            return format_html('<p class="empty">{}</p>', module.EMPTY)
        return format_html("{}{}", drawn, format_html_join("", "{}", parts))


def svg(slug: str, data: Data, *, standalone: bool = False) -> SafeString:
    """Empty where the table has no drawing, or nothing to draw. ``standalone``: with its own
    colours and size, for paper; else it is coloured by our stylesheet and as wide as its place.
    """
    with translation.override(data["language"]):
        found = _MODULES[slug].charts(data)
        return format_html_join("", "{}", [(one.svg(standalone=standalone),) for one in found])


def drawings(slug: str, data: Data) -> list[Drawing]:
    """The same for paper, in parts that fit on a page each."""
    with translation.override(data["language"]):
        found = _MODULES[slug].charts(data, highest=Chart.PAGE)
        return [
            Drawing(f"{one.label}. {one.description}", one.svg(standalone=True), one.height)
            for one in found
        ]


def grids(slug: str, data: Data) -> list[Grid]:
    """The tables as rows and columns: for print (``Grid.blocks``) and sheets."""
    module = _MODULES[slug]
    made = gantt.grids_on_paper if module is gantt else module.grids
    with translation.override(data["language"]):
        found: list[Grid] = made(data)
        return found
