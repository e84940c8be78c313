"""What a page says of an action, with a place for what is not known yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import Action, Funding, Indicator, Step
from actionplan.models.plan import in_language
from actionplan.numbers import show_number, show_yes_no
from meetings.models import Lesson, Practice
from meetings.showing import Fact, Facts

MONTHS = "YEAR_MONTH_FORMAT"


def whole(actions: Any, user: Any) -> Any:
    """With all that the page of an action shows, as far as somebody may see it."""
    lessons = Lesson.objects.visible_to(user).select_related("city", "practice", "visit__meeting")
    return (
        actions.with_gaps()
        .select_related("objective__parent", "area", "lead_organisation", "lead_member", "text")
        .prefetch_related(
            "topics", "partners", "risks", "indicators", "testing_actions",
            Prefetch("steps__after", Step.objects.select_related("action")),
            Prefetch("fundings", Funding.objects.select_related("source")),
            Prefetch("practices", Practice.objects.visible_to(user).by_title(), "practices_seen"),
            Prefetch("lessons", lessons, "lessons_seen"),
        )
    )  # fmt: skip


def facts_of(action: Action) -> Facts:
    objective = action.objective
    return Facts(
        [
            Fact(_("Strategic objective"), objective and (objective.parent or objective)),
            Fact(_("Specific objective"), objective if objective and objective.parent else ""),
            Fact(_("Area of intervention"), action.area),
            Fact(_("Topics"), ", ".join(map(str, action.topics.all()))),
        ]
    )


def responsibility_of(action: Action) -> Facts:
    return Facts(
        [
            Fact(_("Lead organisation"), action.lead_organisation),
            Fact(_("Responsible person"), action.lead_member or action.lead_name),
            Fact(_("Partners"), ", ".join(map(str, action.partners.all()))),
        ]
    )


def lead_in_words(action: Action) -> str:
    """Who answers for it, in a row of a list."""
    person = str(action.lead_member or "") or action.lead_name
    organisation = str(action.lead_organisation or "")
    return " · ".join(filter(None, [organisation, person]))


def period_in_words(starts: date | None, ends: date | None, shape: str = "DATE_FORMAT") -> str:
    first, last = (day and date_format(day, shape) for day in (starts, ends))
    if first and last:
        words = {"first": first, "last": last}
        return first if first == last else _("%(first)s to %(last)s") % words
    if first:
        return _("from %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""


def summary_of(action: Action) -> str:
    return in_language(action.summary, action.summary_en)


@dataclass(frozen=True)
class StepLine:
    """``number`` is the action's and its own place; ``after``: what it waits for."""

    step: Step
    number: str
    period: str
    after: list[Step]


def steps_of(action: Action) -> list[StepLine]:
    return [
        StepLine(
            step,
            f"{action.number}.{at}",
            period_in_words(step.starts_on, step.ends_on),
            list(step.after.all()),
        )
        for at, step in enumerate(action.steps.all(), 1)
    ]


def sums_of(action: Action) -> dict[str, Decimal]:
    rows = list(action.fundings.all())
    return {
        name: sum((getattr(row, name) for row in rows), Decimal(0))
        for name in ("planned", "secured", "spent")
    }


@dataclass(frozen=True)
class Line:
    """An indicator with its values in words."""

    indicator: Indicator
    baseline: str
    target: str


def indicators_of(action: Action) -> list[Line]:
    return [
        Line(
            one,
            _value(one, one.baseline, one.baseline_words),
            _value(one, one.target, one.target_words),
        )
        for one in action.indicators.all()
    ]


def _value(one: Indicator, value: Decimal | None, words: str) -> str:
    if value is None:
        return words
    if one.measure == Indicator.Measure.YES_NO:
        told = show_yes_no(value)
    else:
        told = f"{show_number(value)} {one.unit}"
    return f"{told} ({words})" if words else told
