"""Actions and budget as a workbook: figures and days as such, so that they can be counted with.

The columns are those that the import reads (``columns``), in the same words; so a workbook that
left can come back.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actionplan import columns
from actionplan.models import FundingSource, Indicator, Risk, Step
from actionplan.printing.document import Record
from in4green.common.documents import frame, word
from in4green.common.exporting import About, workbook

Row = list[Any]
FLAG = (120, 80)  # the emblem of the European Union, in pixels
DAYS = ("starts_on", "ends_on", "baseline_on", "target_on")
AMOUNTS = ("cost", "planned", "secured", "spent")
STEPS = ("number", "title", "responsible", "starts_on", "ends_on", "after")
RISKS = ("kind", "title", "likelihood", "impact", "mitigation", "owner")
INDICATORS = (
    "kind", "measure", "title", "unit", "baseline", "baseline_on", "target", "target_on", "source",
    "responsible",
)  # fmt: skip


def as_workbook(whole: Record, notes: Iterable[str] = ()) -> bytes:
    """``notes``: whether it counts, how to cite it."""
    with translation.override(whole["language"]):
        made = io.BytesIO()
        flag, paid = word.thanks()
        lines = [paid, settings.PORTAL_NAME, *notes]
        about = About(_("About this file"), _flag(), FLAG, flag, lines)
        workbook(made, list(_sheets(whole)), about)
        return made.getvalue()


@cache
def _flag() -> bytes:
    return word.pixels(frame.emblem(), width=FLAG[0])


def action_rows(whole: Record) -> tuple[Row, Iterator[Row]]:
    """Head and rows of the actions alone, in the language of the whole."""
    names = _Names(whole)
    rows = (_action(one, names) for one in whole["actions"])
    with translation.override(whole["language"]):
        return [*columns.heads(columns.ACTIONS), _("dropped because")], rows


class _Names:
    """Titles by the ids under which actions know them."""

    def __init__(self, whole: Record) -> None:
        def titles(name: str) -> dict[int | None, str]:
            return {one["id"]: one["title"] for one in whole[name]}

        self.objectives, self.areas = titles("objectives"), titles("areas")
        self.sources = {one["id"]: one for one in whole["funding_sources"]}


def _sheets(whole: Record) -> Iterator[tuple[str, Row, Iterable[Row]]]:
    names = _Names(whole)
    head, rows = action_rows(whole)
    yield _("Actions"), head, rows
    yield _("Funding by source and year"), columns.heads(columns.FUNDINGS), _fundings(whole, names)
    for title, model, kept, part in (
        (_("Steps"), Step, STEPS, "steps"),
        (_("Risks"), Risk, RISKS, "risks"),
        (_("Indicators"), Indicator, INDICATORS, "indicators"),
    ):
        yield title, _head(model, kept), _parts(whole, part, kept)


def _head(model: Any, kept: Iterable[str]) -> Row:
    """The action's number and title stand before each row; a step's number is its own place."""
    fields = {field.name: field for field in model._meta.get_fields()}
    own = [capfirst(str(fields[name].verbose_name)) if name in fields else _("Step no.")
           for name in kept]  # fmt: skip
    return [*columns.heads(("number", "title")), *own]


def _action(one: Record, names: _Names) -> Row:
    cells = {
        **{name: _cell(name, one.get(name)) for name in columns.ACTIONS},
        "title": plain_title(one),
        "objective": names.objectives.get(one["objective"], ""),
        "area": names.areas.get(one["area"], ""),
        "topics": _several(topic["title"] for topic in one["topics"]),
        "lead_name": one["lead_person"],
        "partners": _several(one["partners"]),
        "is_unfunded": _("yes") if one["is_unfunded"] else "",
    }
    return [*(cells[name] for name in columns.ACTIONS), one["dropped_because"]]


def plain_title(one: Record) -> str:
    """Without the number that it is shown with."""
    title: str = one["title"]
    return title.removeprefix(f"{one['number']} ")


def _several(words: Iterable[str]) -> str:
    return f"{columns.SEPARATOR} ".join(words)


def _fundings(whole: Record, names: _Names) -> Iterator[Row]:
    for one in whole["actions"]:
        for each in one["fundings"]:
            source = names.sources.get(each["source"])
            cells = {
                **{name: _cell(name, each.get(name)) for name in columns.FUNDINGS},
                "number": one["number"],
                "title": plain_title(one),
                "source": source["title"] if source else "",
                "kind": str(FundingSource.Kind(source["kind"]).label) if source else "",
            }
            yield [cells[name] for name in columns.FUNDINGS]


def _parts(whole: Record, part: str, kept: Iterable[str]) -> Iterator[Row]:
    for one in whole["actions"]:
        for each in one[part]:
            said = {**each, **_in_words(part, each)}
            own = [_cell(name, said.get(name)) for name in kept]
            yield [one["number"], plain_title(one), *own]


def _in_words(part: str, each: Record) -> Record:
    if part == "steps":
        return {"after": _several(each["after"])}
    if part == "risks":
        return {"kind": str(Risk.Kind(each["kind"]).label)}
    measured = {name: _measured(each[name], each["measure"]) for name in ("baseline", "target")}
    return {
        "kind": str(Indicator.Kind(each["kind"]).label),
        "measure": str(Indicator.Measure(each["measure"]).label),
        **measured,
    }


def _measured(value: Any, measure: str) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return Decimal(value) if value and measure == Indicator.Measure.NUMBER else value


def _cell(name: str, value: Any) -> Any:
    if value in (None, ""):
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if name in AMOUNTS else value
