"""How many people were where, for an auditor: by organisation, city or kind of organisation.

A person counts once a day, however many sessions of that day were recorded: as present, if there
was one at which the person was; else as excused, if somebody said so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Min, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from groups.models import Organisation, WorkingGroup
from in4green.common.names import fold
from meetings.models import Attendance

STATES = Attendance.State.values  # the one that counts most comes first
COLUMNS = {
    "organisation": ("organisation", "city", "kind"),
    "city": ("city",),
    "kind": ("kind",),
}


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date
    by: str = "organisation"


@dataclass
class Tally:
    names: list[str]
    meetings: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    days: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    def add(self, day: dict[str, Any]) -> None:
        state = STATES[day["best"]]
        self.days[state] += 1
        if state == Attendance.State.PRESENT:
            self.meetings.add(day["participation__meeting"])
            self.people.add(day["participation"])

    @property
    def row(self) -> list[Any]:
        return [*self.names, len(self.meetings), len(self.people), *self.days.values()]


def person_days(user: Any, period: Period) -> Any:
    """Of the groups that the user coordinates; ``best`` is a place in ``STATES``."""
    groups = WorkingGroup.objects.visible_to(user)
    rank = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATES)),
        output_field=IntegerField(),
    )
    rows = Attendance.objects.filter(participation__meeting__group__in=groups).annotate(
        on=Coalesce("day", "session__day", "participation__meeting__begins_on"),
        organisation=F("participation__organisation"),
        kind=F("participation__organisation_kind"),
        city=Coalesce("participation__city__name", Value("")),
    )
    names = ("organisation", "kind", "city", "participation", "participation__meeting", "on")
    rows = rows.filter(on__range=(period.first, period.last)).order_by()
    return rows.values(*names).annotate(best=Min(rank))


def totals(user: Any, period: Period) -> list[list[Any]]:
    """Rows in the order of ``head_of``, numbers as numbers."""
    found: dict[tuple[str, ...], Tally] = {}
    for day in person_days(user, period).iterator():
        names = _names(day, COLUMNS[period.by])
        # One organisation, however it was capitalised, and whether or not its kind was recorded.
        key = tuple(fold(name) for name in names[:2])
        tally = found.setdefault(key, Tally(names))
        tally.names = [old or new for old, new in zip(tally.names, names, strict=True)]
        tally.add(day)
    return [found[key].row for key in sorted(found, key=lambda key: (not key[0], key))]


def _names(day: dict[str, Any], columns: Iterable[str]) -> list[str]:
    kinds = dict(Organisation.Kind.choices)
    return [str(kinds.get(day[name], "")) if name == "kind" else day[name] for name in columns]


def head_of(by: str) -> list[str]:
    names = {
        "organisation": _("Organisation"),
        "kind": _("Kind of organisation"),
        "city": _("City"),
    }
    return [
        *(names[name] for name in COLUMNS[by]),
        _("Meetings"),
        _("People present"),
        _("Days present"),
        _("Days excused"),
        _("Days absent"),
    ]


def sums(rows: Iterable[list[Any]], by: str) -> list[Any]:
    """Of the days: people and meetings may stand in several rows."""
    first = len(COLUMNS[by]) + 2
    return [sum(row[n] for row in rows) for n in range(first, first + len(STATES))]
