"""What has changed in an action between two editions, as sentences in the active language."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.tables.words import NOTHING, day, money, number

Record = dict[str, Any]
_MONTH = 30.44  # days
_WEEK = 7


def sentences(old: Record, new: Record) -> list[str]:
    """In the order in which people ask: what, who, when, how much, who pays, what for, risks."""
    return [sentence for read in _READERS for sentence in read(old, new)]


def later_by(old: Record, new: Record) -> int:
    """Days by which it ends later (negative: earlier); where no end is known, by its beginning."""
    for name in ("ends_on", "starts_on"):
        if old[name] and new[name] and old[name] != new[name]:
            return (date.fromisoformat(new[name]) - date.fromisoformat(old[name])).days
    return 0


def secured(row: Record) -> Decimal:
    return sum((Decimal(one["secured"]) for one in row["fundings"]), Decimal(0))


def targets(row: Record) -> dict[str, Any]:
    """By the title of the indicator, which is all that it is known by."""
    return {one["title"]: one["target"] for one in row["indicators"]}


def changed_targets(old: Record, new: Record) -> list[str]:
    before = targets(old)
    return [name for name, now in targets(new).items() if before.get(name, now) != now]


def _title(old: Record, new: Record) -> Iterator[str]:
    if old["title"] != new["title"]:
        yield _("It was called “%(before)s”.") % {"before": old["title"]}


def _lead(old: Record, new: Record) -> Iterator[str]:
    before, now = (
        ", ".join(filter(None, (row["lead_organisation"], row["lead_person"])))
        for row in (old, new)
    )
    if before != now:
        yield _("Responsible: %(now)s instead of %(before)s.") % {
            "now": now or _("nobody"),
            "before": before or _("nobody"),
        }


def _days(old: Record, new: Record) -> Iterator[str]:
    said: dict[str, Callable[[], str]] = {
        "starts_on": lambda: _("It begins on %(now)s instead of %(before)s%(by)s."),
        "ends_on": lambda: _("It ends on %(now)s instead of %(before)s%(by)s."),
    }
    for name, sentence in said.items():
        before, now = old[name], new[name]
        if before != now:
            by = f": {_by(before, now)}" if before and now else ""
            yield sentence() % {"now": day(now), "before": day(before), "by": by}


def _by(before: str, now: str) -> str:
    """Such as “3 months later”."""
    days = (date.fromisoformat(now) - date.fromisoformat(before)).days
    span = _span(abs(days))
    return (
        _("%(span)s later") % {"span": span} if days > 0 else _("%(span)s earlier") % {"span": span}
    )


def _span(days: int) -> str:
    if days < 2 * _WEEK:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 2 * _MONTH:
        weeks = round(days / _WEEK)
        return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    months = round(days / _MONTH)
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


def _cost(old: Record, new: Record) -> Iterator[str]:
    if old["cost"] != new["cost"]:
        amounts = {"now": money(new["cost"]), "before": money(old["cost"])}
        yield _("Cost: %(now)s instead of %(before)s.") % amounts


def _funding(old: Record, new: Record) -> Iterator[str]:
    if new["is_unfunded"] and not old["is_unfunded"]:
        yield _("It is marked as not funded.")
    if old["is_unfunded"] and not new["is_unfunded"]:
        yield _("It is no longer marked as not funded.")
    before, now = secured(old), secured(new)
    if before != now:
        amounts = {"now": money(now), "before": money(before)}
        yield _("Funding secured: %(now)s instead of %(before)s.") % amounts


def _targets(old: Record, new: Record) -> Iterator[str]:
    before, now = targets(old), targets(new)
    units = {one["title"]: one["unit"] for one in new["indicators"]}
    for name in changed_targets(old, new):
        yield _("Target of “%(indicator)s”: %(now)s instead of %(before)s.") % {
            "indicator": name,
            "now": _target(now[name], units[name]),
            "before": _target(before[name], units[name]),
        }


def _target(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not value:
        return NOTHING
    return f"{number(value)} {unit}" if unit else str(value)


def _rows(name: str, new_one: Any, gone: Any) -> Callable[[Record, Record], Iterator[str]]:
    """Rows that come and go, known by their titles."""

    def read(old: Record, new: Record) -> Iterator[str]:
        before = [one["title"] for one in old[name]]
        now = [one["title"] for one in new[name]]
        yield from (new_one() % {"name": title} for title in now if title not in before)
        yield from (gone() % {"name": title} for title in before if title not in now)

    return read


_READERS = (
    _title,
    _lead,
    _days,
    _cost,
    _funding,
    _targets,
    _rows(
        "indicators",
        lambda: _("New indicator: “%(name)s”."),
        lambda: _("No longer an indicator: “%(name)s”."),
    ),
    _rows("steps", lambda: _("New step: “%(name)s”."), lambda: _("No longer a step: “%(name)s”.")),
    _rows("risks", lambda: _("New risk: “%(name)s”."), lambda: _("No longer a risk: “%(name)s”.")),
)
