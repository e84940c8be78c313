"""When which action and step begins and ends, and what waits for what."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan.tables.chart import Chart
from actionplan.tables.grid import Body, Column, Grid, Row
from actionplan.tables.words import NOTHING, day, shortened

Data = dict[str, Any]

PARTS = ("steps",)
FOLDED = True
EMPTY = gettext_lazy("Here all actions and their steps will stand in the order of time.")
MOST_STEPS = 80  # in one drawing; of more, each action has one bar, and on paper one row
MOST_ARROWS = 40
_LONGEST = 46  # letters of a label, so that it fits on a phone
_HEAD, _ACTION, _STEP = 26, 38, 30  # pixels of a row's height
_TIP = "M0 0l-6 -3.5v7z"
_BACK = "M0 0l6 -3.5v7z"
_POINT = "M0 -6l6 6l-6 6l-6 -6z"


def data(record: Data) -> Data:
    """``begins`` and ``ends`` are the first and last day that anything has."""
    actions = [_action(one) for one in record["actions"]]
    rows = [row for one in actions for row in (one, *one["steps"])]
    days = sorted(row[name] for row in rows for name in ("starts_on", "ends_on") if row[name])
    return {
        "begins": days[0] if days else None,
        "ends": days[-1] if days else None,
        "today": None,
        "actions": actions,
    }


def _action(one: Data) -> Data:
    names = ("number", "title", "responsible", "starts_on", "ends_on", "after")
    return {
        "label": one["title"],
        "starts_on": one["starts_on"],
        "ends_on": one["ends_on"],
        "steps": [{name: step[name] for name in names} for step in one["steps"]],
    }


def grids(data: Data) -> list[Grid]:
    columns = (
        Column(_("Step")),
        Column(_("begins")),
        Column(_("ends")),
        Column(_("only after")),
        Column(_("who")),
    )
    bodies = tuple(_body(one) for one in data["actions"])
    return [Grid(_("Timeline"), columns, bodies, _notes(data))] if bodies else []


def grids_on_paper(data: Data) -> list[Grid]:
    """Of very many steps what the drawing shows; each step is in the sheet of its action, too, and
    a table of all of them took as long to set as the rest of the plan's tables.
    """
    if _are_few_steps(data):
        return grids(data)
    columns = (
        Column(_("Action")),
        Column(_("begins")),
        Column(_("ends")),
        Column(_("Steps"), is_number=True),
    )
    where = _("The sheet of each action says when its steps begin and end, and who does them.")
    body = Body(tuple(map(_whole_row, data["actions"])))
    return [Grid(_("Timeline"), columns, (body,), (*_notes(data), where))]


def _are_few_steps(data: Data) -> bool:
    return sum(len(one["steps"]) for one in data["actions"]) <= MOST_STEPS


def _whole_row(action: Data) -> Row:
    days = day(action["starts_on"]), day(action["ends_on"])
    return Row((action["label"], *days, str(len(action["steps"]))))


def _body(action: Data) -> Body:
    whole = Row((_("The whole action"), day(action["starts_on"]), day(action["ends_on"]), "", ""))
    return Body((whole, *map(_row, action["steps"])), title=action["label"])


def _row(step: Data) -> Row:
    days = day(step["starts_on"]), day(step["ends_on"])
    after = ", ".join(step["after"]) or NOTHING
    name = f"{step['number']} {step['title']}"
    return Row((name, *days, after, step["responsible"] or NOTHING))


def _notes(data: Data) -> tuple[str, ...]:
    if not (clashes := ", ".join(_clashes(data))):
        return ()
    return (_("Begin before a step has ended that they wait for: %(steps)s.") % {"steps": clashes},)


def _clashes(data: Data) -> Iterator[str]:
    """A step that begins while another goes on that it is to wait for."""
    steps = [step for one in data["actions"] for step in one["steps"]]
    ends = {step["number"]: step["ends_on"] or "" for step in steps}
    for step in steps:
        for before in step["after"]:  # which may be of an action that was dropped
            if step["starts_on"] and ends.get(before, "") >= step["starts_on"]:
                yield _("%(step)s before %(before)s") % {"step": step["number"], "before": before}


def charts(data: Data, highest: int | None = None) -> list[Chart]:
    """One, or as many as it takes when none may be higher."""
    if not data["begins"]:
        return []
    with_steps = _are_few_steps(data)
    found: list[_Timeline] = []
    for action in data["actions"]:
        steps = action["steps"] if with_steps else []
        needed = _ACTION + _STEP * len(steps)
        if not found or (highest and found[-1].chart.height + needed > highest):
            found.append(_Timeline(data))
        found[-1].add(action, steps)
    for part in found:
        part.finish()
    return [part.chart for part in found]


class _Timeline:
    def __init__(self, data: Data) -> None:
        self.begins, self.ends = _year(data["begins"], 1), _year(data["ends"], 2)
        self.today = data["today"]
        self.chart = Chart(_("Timeline"), _described(data))
        self.chart.height = _HEAD
        # Of each step that is drawn: where it begins and ends, and its height.
        self.places: dict[str, tuple[float, float, float]] = {}
        self.waiting: list[tuple[str, str]] = []

    def add(self, action: Data, steps: list[Data]) -> None:
        self._lane(action["label"], action, "strong", "bar", _ACTION)
        for step in steps:
            place = self._lane(f"{step['number']} {step['title']}", step, "quiet", "part", _STEP)
            if place:
                self.places[step["number"]] = place
                self.waiting.extend((before, step["number"]) for before in step["after"])

    def _lane(
        self, label: str, row: Data, words: str, bar: str, height: int
    ) -> tuple[float, float, float] | None:
        top = self.chart.height
        self.chart.height += height
        middle = top + height - 9
        self.chart.line("track", 0, middle, 100, middle)
        label = shortened(label, _LONGEST)
        if not row["starts_on"] and not row["ends_on"]:
            label = _("%(name)s (no dates yet)") % {"name": label}
        self.chart.words(words, 0, top + height - 20, label)
        if not row["starts_on"] and not row["ends_on"]:
            return None
        start, end = self._at(row["starts_on"] or row["ends_on"]), self._at(row["ends_on"] or "", 1)
        if not row["starts_on"] or not row["ends_on"]:
            end = start
            self.chart.sign(bar, start, middle, _POINT)
        else:
            self.chart.box(bar, start, middle - 5, end - start, 10)
        return start, end, middle

    def _at(self, iso: str, later: int = 0) -> float:
        """Per cent of the width at which a day begins, or so many days later."""
        if not iso:
            return 0
        days = (date.fromisoformat(iso) - self.begins).days + later
        return 100 * days / (self.ends - self.begins).days

    def finish(self) -> None:
        """What stands behind and above the bars, now that the height is known."""
        self._arrows()
        for year in range(self.begins.year, self.ends.year):
            at = self._at(f"{year}-01-01")
            self.chart.line("rule", at, 0, at, self.chart.height)
            self.chart.words("quiet", at + 0.7, 12, str(year))
        if self.today and self.begins.isoformat() <= self.today < self.ends.isoformat():
            self._now(self._at(self.today))

    def _now(self, at: float) -> None:
        self.chart.line("today", at, 18, at, self.chart.height)
        anchor = "start" if at < 80 else "end"
        self.chart.words("now", at + (0.7 if at < 80 else -0.7), 24, _("today"), anchor)

    def _arrows(self) -> None:
        drawn = [pair for pair in self.waiting if pair[0] in self.places]
        if len(self.waiting) > MOST_ARROWS:
            return
        for before, after in drawn:
            _start, end, height = self.places[before]
            start, _end, place = self.places[after]
            clash = "clash" if start < end else ""
            kind = clash or "arrow"
            self.chart.line(kind, end, height, end, place)
            self.chart.line(kind, end, place, start, place)
            self.chart.sign(
                f"{clash}tip" if clash else "tip", start, place, _BACK if clash else _TIP
            )


def _year(iso: str, which: int) -> date:
    """The first day of its year, or of the year after it."""
    year = date.fromisoformat(iso).year
    return date(year + which - 1, 1, 1)


def _described(data: Data) -> str:
    n = len(data["actions"])
    facts = {
        "n": n,
        "begins": date_format(date.fromisoformat(data["begins"]), "F Y"),
        "ends": date_format(date.fromisoformat(data["ends"]), "F Y"),
    }
    said = ngettext(
        "%(n)d action from %(begins)s to %(ends)s. All days stand in the table.",
        "%(n)d actions from %(begins)s to %(ends)s. All days stand in the table.",
        n,
    )
    return said % facts
