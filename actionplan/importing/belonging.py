"""Rows of further sheets that belong to an action: steps, funding, risks, indicators.

Each is read by the form in which people type it, so nothing comes in that they could not enter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from actionplan import columns
from actionplan.forms.rows import FundingRow, IndicatorRow, RiskRow, StepRow
from actionplan.importing.cells import as_typed, key_of, read_choice
from actionplan.importing.rows import Row
from actionplan.models import Action, Indicator, Plan, Step
from groups.models import User
from in4green.common.names import fold

# Of an action's step: the number of the action in the table, and the step's place in it.
Key = tuple[int, int]


class _Unasked(forms.ModelForm):
    """The database is not asked for each row whether it keeps the rules of its table."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        vars(self.instance)["validate_constraints"] = lambda **_options: None


class _StepRow(_Unasked, StepRow):
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        begins, ends = found.get("starts_on"), found.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("A step must not end before it begins."))
        return found


class _FundingRow(_Unasked, FundingRow):
    pass


class _RiskRow(_Unasked, RiskRow):
    pass


class _IndicatorRow(_Unasked, IndicatorRow):
    pass


FORMS: dict[str, Any] = {
    "steps": _StepRow,
    "fundings": _FundingRow,
    "risks": _RiskRow,
    "indicators": _IndicatorRow,
}


@dataclass
class Part:
    """``after``: the steps that a step waits for."""

    kind: str
    row: Row
    form: Any
    wrong: list[str] = field(default_factory=list)
    key: Key | None = None
    after: list[Key] = field(default_factory=list)

    @property
    def title(self) -> str:
        names = ("source", "year") if self.kind == "fundings" else ("title",)
        said = " ".join(str(self.row.cells.get(name, "")) for name in names).strip()
        return said or str(self.row.cells.get("action", ""))

    @property
    def told(self) -> list[str]:
        """What is wrong, with the place where it is."""
        return [f"{self.place}: {sentence}" for sentence in self.wrong]

    @property
    def place(self) -> str:
        return _("%(sheet)s, row %(n)d") % {"sheet": self.row.sheet, "n": self.row.number}


def keep(parts: Iterable[Part], action: Action, *, by: User) -> None:
    """In the order of their sheets; ``link`` says later which step waits for which."""
    positions: Counter[str] = Counter()
    for part in parts:
        positions[part.kind] += 1
        part.form.keep(by=by, action=action, position=positions[part.kind])


def link(parts: Iterable[Part]) -> None:
    """Of all that was taken over; nothing waits for what was not."""
    steps = {part.key: part for part in parts if part.key}
    pairs = Step.after.through
    pairs.objects.bulk_create(
        pairs(from_step=part.form.instance, to_step=steps[one].form.instance)
        for part in steps.values()
        for one in dict.fromkeys(part.after)
        if one in steps
    )


class Belonging:
    """Finds for each row of the table of actions what belongs to it; asks for sources once."""

    def __init__(self, plan: Plan, rows: Iterable[Row], parts: dict[str, list[Row]]) -> None:
        self.plan = plan
        self.sources = {
            fold(name): source
            for source in (plan.funding_sources.all() if parts.get("fundings") else ())
            for name in (source.title_en, source.title)
            if name
        }
        rows = list(rows)
        self.by_number = {key_of(row): row.number for row in rows if key_of(row) is not None}
        self.by_title = {fold(str(row.cells.get("title", ""))): row.number for row in rows}
        self.found: dict[int, list[Part]] = defaultdict(list)
        self.keys: set[Key | None] = set()
        # Whose action does not stand in the table.
        self.lost: list[Part] = []
        for kind, lines in parts.items():
            for row in lines:
                self._place(self._read(kind, row))
        self._check_fundings()
        self._check_order()

    def of(self, row: Row) -> list[Part]:
        return self.found.get(row.number, [])

    def _place(self, part: Part) -> None:
        number = key_of(part.row)
        title = fold(str(part.row.cells.get("action", "")))
        at = self.by_number.get(number) if number is not None else self.by_title.get(title)
        if at is None:
            self.lost.append(part)
            return
        mine = self.found[at]
        if part.kind == "steps":
            part.key = self._number_of(part, number, 1 + sum(one.kind == "steps" for one in mine))
        mine.append(part)

    def _number_of(self, part: Part, action: int | None, place: int) -> Key | None:
        """As the file says, else as it stands there."""
        key = read_number(as_typed(part.row.cells.get("step_no", "")))
        if key is None and action is not None:
            key = (action, place)
        if key is not None and key in self.keys:
            words = _("The number %(number)s stands in this file twice.")
            part.wrong.append(words % {"number": "{}.{}".format(*key)})
        self.keys.add(key)
        return key

    def _read(self, kind: str, row: Row) -> Part:
        wrong = list(row.problems)
        data = {
            name: as_typed(value)
            for name, value in row.cells.items()
            if name not in ("number", "action", "step_no")
        }
        model = FORMS[kind].Meta.model
        for name in ("kind", "measure", "likelihood", "impact"):
            if name in data and kind != "fundings":
                data[name] = read_choice(model, name, data[name])
        if kind == "indicators":
            _part_words(data)
        more = {"sources": self.plan.funding_sources.none()} if kind == "fundings" else {}
        form = FORMS[kind](data, owner=Action(plan=self.plan), **more)
        form.empty_permitted = False
        if kind == "fundings":
            wrong += self._find_source(form, row)
        part = Part(kind, row, form, wrong)
        if kind == "steps":
            part.after = self._read_after(part)
        wrong += _sentences(form)
        return part

    def _find_source(self, form: Any, row: Row) -> list[str]:
        """Without a question for each row."""
        label = form.fields.pop("source").label
        form.stored.pop("source")
        words = str(row.cells.get("source", ""))
        found = self.sources.get(fold(words))
        if found is None:
            said = _("“%(words)s” is not known here. Please enter it first.")
            return [f"{label}: {said % {'words': words[:80]}}"]
        form.instance.source = found
        return []

    def _read_after(self, part: Part) -> list[Key]:
        found = []
        for words in as_typed(part.row.cells.get("after", "")).split(columns.SEPARATOR):
            if key := read_number(words):
                found.append(key)
            elif words.strip():
                said = _("“%(words)s” is no number of a step, such as 2.1.")
                part.wrong.append(said % {"words": words.strip()[:80]})
        return found

    def _check_fundings(self) -> None:
        for parts in self.found.values():
            taken = set()
            for part in parts:
                if part.kind == "fundings" and not part.wrong:
                    what = (part.form.instance.source_id, part.form.cleaned_data["year"])
                    if what in taken:
                        part.wrong.append(_("This source stands here for this year already."))
                    taken.add(what)

    def _check_order(self) -> None:
        steps = {part.key: part for parts in self.found.values() for part in parts if part.key}
        for part in steps.values():
            for one in part.after:
                if one not in steps:
                    said = _("There is no step %(number)s in this file.")
                    part.wrong.append(said % {"number": "{}.{}".format(*one)})
        while circle := _circle(steps):
            names = " → ".join("{}.{}".format(*key) for key in circle)
            for key in circle:
                steps.pop(key).wrong.append(
                    _("The steps would wait for each other in a circle: %(circle)s.")
                    % {"circle": names}
                )


def read_number(words: str) -> Key | None:
    """Of a step, such as 2.1."""
    number, _point, place = words.strip().partition(".")
    return (int(number), int(place)) if number.isdecimal() and place.isdecimal() else None


def _circle(steps: dict[Any, Part]) -> list[Key]:
    try:
        TopologicalSorter({key: part.after for key, part in steps.items()}).prepare()
    except CycleError as error:
        return [key for key in dict.fromkeys(error.args[1]) if key in steps]
    return []


def _part_words(data: dict[str, str]) -> None:
    """What is told in words has columns of its own on the page, and none in a workbook."""
    if data.get("measure") == Indicator.Measure.WORDS:
        for name in ("baseline", "target"):
            data.setdefault(f"{name}_words", data.pop(name, ""))


def _sentences(form: Any) -> list[str]:
    return [
        f"{form.fields[name].label}: {sentence}" if name in form.fields else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
