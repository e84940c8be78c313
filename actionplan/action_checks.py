"""What an action still lacks, and what in it does not fit together. Neither stops anybody."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import Action, Funding, Step
from actionplan.numbers import show_euros

ZERO = Decimal(0)


def gaps_of(action: Any) -> list[str]:
    """In words, for an action ``with_gaps``; none for one that was dropped."""
    if action.is_dropped:
        return []
    is_led = action.lead_organisation_id or action.lead_member_id or action.lead_name
    is_paid = action.is_unfunded or action.has_fundings
    missing = [
        (not action.objective_id, _("no objective yet")),
        (not is_led, _("nobody responsible")),
        (not (action.starts_on and action.ends_on), _("no period yet")),
        (not action.has_steps, _("no steps yet")),
        (action.cost is None, _("no cost yet")),
        (not is_paid, _("no funding source yet")),
        (not action.has_indicators, _("no indicator yet")),
        (not action.has_risks, _("no risk yet")),
    ]
    return [words for is_missing, words in missing if is_missing]


def warnings_of(action: Action) -> list[str]:
    """Asks nothing more of an action with its ``steps``, their ``after``, and ``fundings``."""
    return [*_of_money(action), *_of_steps(action)]


def _of_money(action: Action) -> Iterator[str]:
    rows = list(action.fundings.all())
    planned = sum((row.planned for row in rows), ZERO)
    if action.cost is not None and planned > action.cost:
        yield _("The planned funding (%(planned)s) is more than the cost (%(cost)s).") % {
            "planned": show_euros(planned),
            "cost": show_euros(action.cost),
        }
    if action.is_unfunded and any(row.planned or row.secured for row in rows):
        yield _("It is marked “not funded”, but funding stands here.")
    for row in rows:
        yield from _of_row(row)


def _of_row(row: Funding) -> Iterator[str]:
    if row.secured > row.planned:
        yield _("%(what)s: more is secured than planned.") % {"what": row}
    if row.spent > row.secured:
        yield _("%(what)s: more is spent than secured.") % {"what": row}


def _of_steps(action: Action) -> Iterator[str]:
    for step in action.steps.all():
        if action.starts_on and step.starts_on and step.starts_on < action.starts_on:
            yield _("“%(step)s” begins before the action itself.") % {"step": step}
        if action.ends_on and step.ends_on and step.ends_on > action.ends_on:
            yield _("“%(step)s” ends after the action itself.") % {"step": step}
        for other in step.after.all():
            yield from _of_waiting(step, other)


def _of_waiting(step: Step, other: Step) -> Iterator[str]:
    words = {"step": step, "other": other, "number": other.action.number}
    if other.action.deleted_at or other.action.is_dropped:
        yield (
            _("“%(step)s” waits for “%(other)s”, but action %(number)d is dropped or in the bin.")
            % words
        )
    elif day := _too_early(step, other):
        yield _(
            "“%(step)s” begins before “%(other)s” (action %(number)d) has ended on %(day)s."
        ) % {**words, "day": date_format(day)}


def _too_early(step: Step, other: Step) -> date | None:
    end = other.ends_on or other.starts_on
    return end if end and step.starts_on and step.starts_on < end else None
