"""The difference of two editions in one line: so many new, so many dropped, so many later."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.editions import facts_changed
from actionplan.editions.comparing import Changed, Difference, Record, by
from actionplan.tables.words import money, shortened

LONGEST_REASON = 120
Counted = Iterator[tuple[int, str]]


def sum_up(old: Record, new: Record, found: Difference) -> list[str]:
    """Parts of a sentence; what did not happen is not among them."""
    rows = _both(old["actions"], new["actions"])
    dropped_before = {row["number"] for row in old["actions"] if row["dropped_on"]}
    dropped = [row for row in new["actions"] if row["dropped_on"]]
    return [
        *_said(_actions(found.actions)),
        *_dropped([row for row in dropped if row["number"] not in dropped_before]),
        *_said(_facts(rows)),
        *_money(rows),
        *_said(_sections(found.sections)),
    ]


def _said(counted: Counted) -> list[str]:
    return [said % {"n": n} for n, said in counted if n]


def _count(rows: list[Changed], kind: str) -> int:
    return sum(row.kind == kind for row in rows)


def _actions(rows: list[Changed]) -> Counted:
    n = _count(rows, "new")
    yield n, ngettext("%(n)d action new", "%(n)d actions new", n)
    n = _count(rows, "back")
    yield n, ngettext("%(n)d action taken up again", "%(n)d actions taken up again", n)
    n = _count(rows, "gone")
    yield (
        n,
        ngettext("%(n)d action no longer in the plan", "%(n)d actions no longer in the plan", n),
    )


def _dropped(rows: list[Record]) -> Iterator[str]:
    """With the reasons, which is what everybody asks."""
    if rows:
        reasons = (row["dropped_because"].rstrip(". ") for row in rows)
        why = "; ".join(shortened(reason, LONGEST_REASON) for reason in reasons)
        said = ngettext(
            "%(n)d action dropped (because: %(why)s)",
            "%(n)d actions dropped (because: %(why)s)",
            len(rows),
        )
        yield said % {"n": len(rows), "why": why}


def _both(old: list[Record], new: list[Record]) -> list[tuple[Record, Record]]:
    """The actions that go on in both."""
    before = by([row for row in old if not row["dropped_on"]], "number")
    going_on = (row for row in new if not row["dropped_on"])
    return [(before[row["number"]], row) for row in going_on if row["number"] in before]


def _facts(rows: list[tuple[Record, Record]]) -> Counted:
    moved = [facts_changed.later_by(*pair) for pair in rows]
    n = sum(days > 0 for days in moved)
    yield n, ngettext("%(n)d action later", "%(n)d actions later", n)
    n = sum(days < 0 for days in moved)
    yield n, ngettext("%(n)d action earlier", "%(n)d actions earlier", n)
    n = sum(bool(facts_changed.changed_targets(*pair)) for pair in rows)
    yield n, ngettext("%(n)d action with another target", "%(n)d actions with other targets", n)


def _money(rows: list[tuple[Record, Record]]) -> Iterator[str]:
    cost = sum((_cost(b) - _cost(a) for a, b in rows), Decimal(0))
    if cost:
        said = _("cost %(sum)s higher") if cost > 0 else _("cost %(sum)s lower")
        yield said % {"sum": money(abs(cost))}
    secured = facts_changed.secured
    more = sum((secured(b) - secured(a) for a, b in rows), Decimal(0))
    if more:
        said = _("%(sum)s more secured") if more > 0 else _("%(sum)s less secured")
        yield said % {"sum": money(abs(more))}


def _cost(row: Record) -> Decimal:
    return Decimal(row["cost"] or 0)


def _sections(rows: list[Changed]) -> Counted:
    n = _count(rows, "new")
    yield n, ngettext("%(n)d section new", "%(n)d sections new", n)
    n = _count(rows, "gone")
    yield n, ngettext("%(n)d section removed", "%(n)d sections removed", n)
    n = sum(row.kind == "changed" and bool(row.blocks) for row in rows)
    yield n, ngettext("%(n)d section reworded", "%(n)d sections reworded", n)
    n = sum(row.words for row in rows)
    yield n, ngettext("%(n)d word changed", "%(n)d words changed", n)
