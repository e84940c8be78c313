"""What a page says of a meeting and its visits, with a place for what is not known yet."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Session, SiteVisit


@dataclass(frozen=True)
class Fact:
    """``is_written``: in the words, and so in the language, of whoever wrote the record."""

    name: str
    value: Any
    is_written: bool = False


class Facts(list[Fact]):
    @property
    def unknown(self) -> list[str]:
        """What nobody has recorded: one line instead of many empty ones."""
        return [fact.name for fact in self if not fact.value]


def meeting_facts(meeting: Meeting) -> Facts:
    days = meeting.when
    if not meeting.has_days:
        days = _("%(when)s (the exact days are not yet recorded)") % {"when": days}
    return Facts(
        [
            Fact(_("When"), days),
            Fact(_("Host city"), meeting.host),
            Fact(_("Place"), meeting.place, is_written=True),
            Fact(_("Languages spoken"), ", ".join(map(str, meeting.language_names))),
            Fact(_("Objective"), meeting.objective, is_written=True),
        ]
    )


def visit_facts(visit: SiteVisit) -> Facts:
    return Facts(
        [
            Fact(_("What it shows"), visit.shows, is_written=True),
            Fact(_("Address"), visit.place, is_written=True),
            Fact(_("Organisation"), visit.organisation, is_written=True),
            Fact(_("Step-free"), _step_free(visit)),
            Fact(_("Distance on foot"), visit.distance is not None and f"{visit.distance} m"),
            Fact(_("Duration"), _minutes(visit.duration)),
            Fact(_("Largest group"), _people(visit.group_size)),
            Fact(_("Minimum age"), _years(visit.minimum_age)),
            Fact(_("Equipment"), visit.equipment, is_written=True),
            Fact(_("Safety and registration"), visit.safety, is_written=True),
        ]
    )


def _step_free(visit: SiteVisit) -> str:
    return "" if visit.step_free == SiteVisit.StepFree.UNKNOWN else visit.get_step_free_display()


def _minutes(n: int | None) -> str:
    return "" if n is None else ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def _people(n: int | None) -> str:
    return "" if n is None else ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def _years(n: int | None) -> str:
    return "" if n is None else ngettext("%(n)s year", "%(n)s years", n) % {"n": n}


def by_day(sessions: Any) -> list[tuple[Any, list[Session]]]:
    """Days in order; sessions whose day is not known come last, under None."""
    return [(day, list(found)) for day, found in groupby(sessions, key=lambda one: one.day)]
