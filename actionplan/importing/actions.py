"""What would happen with each row of a table of actions; nothing happens here."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan import columns
from actionplan.forms.actions import in_tree
from actionplan.importing.belonging import Belonging, Part
from actionplan.importing.cells import read_day
from actionplan.importing.rows import Row, Table
from actionplan.models import Action, Plan
from actionplan.numbers import read_number
from groups.models import Organisation, Topic
from groups.writing import members_of
from in4green.common.names import fold

NEW, THERE, BROKEN = "new", "there", "broken"
YES = {"ja", "yes", "x", "1", "wahr", "true", "nicht finanziert", "not funded"}
NO = {"", "nein", "no", "0", "falsch", "false", "-"}
COUNTED: dict[str, Callable[[int], str]] = {
    "steps": lambda n: ngettext("%(n)d step", "%(n)d steps", n),
    "fundings": lambda n: ngettext("%(n)d row of funding", "%(n)d rows of funding", n),
    "risks": lambda n: ngettext("%(n)d risk", "%(n)d risks", n),
    "indicators": lambda n: ngettext("%(n)d indicator", "%(n)d indicators", n),
}
_WORDS = ("title", "title_en", "summary", "summary_en", "lead_name", "cost_note")
_CHECKED = (*_WORDS, "starts_on", "ends_on", "cost", "is_unfunded")


@dataclass
class Planned:
    """``fields`` and ``parts`` are what the action would be made of."""

    row: Row
    outcome: str
    said: list[str]
    fields: dict[str, Any] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.row.cells.get("title", ""))

    @property
    def is_new(self) -> bool:
        return self.outcome == NEW

    @property
    def counts(self) -> list[str]:
        """Such as “2 steps”."""
        found = Counter(part.kind for part in self.parts)
        return [
            say(found[kind]) % {"n": found[kind]} for kind, say in COUNTED.items() if found[kind]
        ]


def digest(rows: Iterable[Planned]) -> str:
    """The same as long as the same would happen to the same rows."""
    told = [
        (one.row.number, one.title, one.outcome, one.said, [part.title for part in one.parts])
        for one in rows
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Planner:
    """Knows what the plan has; asks the database a fixed number of times."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        objectives = in_tree(plan.objectives.all())
        self.objectives = _by_names(objectives, "title", "title_en")
        self.areas = _by_names(plan.areas.all(), "title", "title_en")
        self.topics = _by_names(Topic.objects.all(), "name_de", "name_en")
        here = Organisation.objects.filter(city=plan.group.city_id)
        self.organisations = _by_names(here, "name")
        self.members = _by_names(members_of(plan.group_id), "name", "email")
        there = list(plan.actions.there())
        self.numbers = {action.number: action for action in there}
        self.titles = _by_names(there, "title", "title_en")
        self.seen: dict[str, int] = {}
        self.lost: list[Part] = []

    def plan_table(self, table: Table) -> list[Planned]:
        """What belongs to no action of the table is in ``lost`` afterwards."""
        belonging = Belonging(self.plan, table.rows, table.parts)
        self.lost = belonging.lost
        return [self._plan(row, belonging.of(row)) for row in table.rows]

    def _plan(self, row: Row, parts: list[Part]) -> Planned:
        if double := self._double(row):
            return Planned(row, THERE, [double])
        reader = _Reader(self, row)
        fields = reader.read()
        wrong = [*row.problems, *reader.wrong, *(said for part in parts for said in part.told)]
        if wrong:
            return Planned(row, BROKEN, wrong, parts=parts)
        self.seen[fold(fields["title"])] = row.number
        return Planned(row, NEW, reader.noted, fields, parts)

    def _double(self, row: Row) -> str:
        """A sentence if the action is in the plan, or in the table, already."""
        title = fold(str(row.cells.get("title", "")))
        number = row.cells.get("number")
        known = self.titles.get(title) if title else None
        if known is None and isinstance(number, int | float):
            known = self.numbers.get(int(number))
        if known:
            return _("Is in the plan already: %(action)s.") % {"action": known}
        if title and title in self.seen:
            return _("The same title as in row %(n)d.") % {"n": self.seen[title]}
        return ""


class _Reader:
    """Reads one row, and notes what is wrong with it."""

    def __init__(self, planner: Planner, row: Row) -> None:
        self.known = planner
        self.cells = row.cells
        self.wrong: list[str] = []
        # What is done in another way than it stands there.
        self.noted: list[str] = []

    def read(self) -> dict[str, Any]:
        fields: dict[str, Any] = {name: self._text(name) for name in _WORDS}
        fields |= {name: self._day(name) for name in ("starts_on", "ends_on")}
        fields["cost"] = self._money("cost")
        fields["is_unfunded"] = self._yes("is_unfunded")
        fields["objective"] = self._one("objective", self.known.objectives)
        fields["area"] = self._one("area", self.known.areas)
        fields["lead_organisation"] = self._one("lead_organisation", self.known.organisations)
        fields["topics"] = self._several("topics", self.known.topics)
        fields["partners"] = self._several("partners", self.known.organisations)
        self._lead(fields)
        self._check(fields)
        return fields

    def _text(self, name: str) -> str:
        value = self.cells.get(name, "")
        return str(int(value)) if _is_whole(value) else str(value)

    def _lead(self, fields: dict[str, Any]) -> None:
        """Whoever is no member with this name stands there as somebody without an account."""
        name = self._text("lead_member")
        fields["lead_member"] = self.known.members.get(fold(name)) if name else None
        if name and fields["lead_member"] is None and not fields["lead_name"]:
            fields["lead_name"] = name
            self.noted.append(
                _("%(name)s is no member of the group and is named without an account.")
                % {"name": name}
            )

    def _one(self, name: str, known: dict[str, Any]) -> Any:
        return self._find(name, self._text(name), known)

    def _several(self, name: str, known: dict[str, Any]) -> list[Any]:
        parts = (part.strip() for part in self._text(name).split(columns.SEPARATOR))
        found = [self._find(name, part, known) for part in parts if part]
        return list(dict.fromkeys(one for one in found if one is not None))

    def _find(self, name: str, words: str, known: dict[str, Any]) -> Any:
        found = known.get(fold(words)) if words else None
        if words and found is None:
            self._complain(name, _("“%(words)s” is not known here. Please enter it first."), words)
        return found

    def _day(self, name: str) -> date | None:
        value = self.cells.get(name, "")
        day = read_day(value)
        if day is None and value != "":
            self._complain(name, _("“%(words)s” is no day. Write it like 31.12.2027."), value)
        return day

    def _money(self, name: str) -> Decimal | None:
        value = self.cells.get(name, "")
        if value == "":
            return None
        try:
            plain = isinstance(value, int | float) and not isinstance(value, bool)
            return Decimal(str(value)) if plain else read_number(str(value), is_money=True)
        except (ValueError, ArithmeticError):
            self._complain(name, _("“%(words)s” is no amount."), value)
        return None

    def _yes(self, name: str) -> bool:
        value = fold(self._text(name))
        if value not in YES | NO:
            self._complain(name, _("“%(words)s” says neither yes nor no."), value)
        return value in YES

    def _complain(self, name: str, sentence: str, words: Any) -> None:
        said = sentence % {"words": str(words)[:80]}
        self.wrong.append(f"{columns.head(name)}: {said}")

    def _check(self, fields: dict[str, Any]) -> None:
        """As the form would, without asking the database for each row."""
        begins, ends = fields["starts_on"], fields["ends_on"]
        if begins and ends and ends < begins:
            self.wrong.append(_("An action must not end before it begins."))
        plain = {name: fields[name] for name in _CHECKED}
        action = Action(plan=self.known.plan, **plain)
        others = {one.name for one in Action._meta.fields} - set(_CHECKED)
        try:
            action.clean_fields(exclude=others)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                self.wrong += [f"{columns.head(name)}: {sentence}" for sentence in sentences]


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _by_names(rows: Iterable[Any], *names: str) -> dict[str, Any]:
    """The first of several with one name."""
    found: dict[str, Any] = {}
    for row in rows:
        for name in names:
            if words := fold(str(getattr(row, name))):
                found.setdefault(words, row)
    return found
