"""What happened to an action, told in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from actionplan.forms.parts import PARTS
from actionplan.models import Action
from in4green.activity.models import LogEntry

LONGEST = 30
WORDS = {
    "actions.entered": _("Entered"),
    "actions.changed": _("Changed"),
    "actions.dropped": _("Dropped"),
    "actions.taken_up": _("Taken up again"),
    "actions.deleted": _("Moved to the bin"),
    "actions.restored": _("Brought back from the bin"),
}


@dataclass(frozen=True)
class Event:
    """``part`` is empty where it is about the whole; ``who`` is None for former members."""

    words: Any
    part: Any
    who: Any
    at: datetime


def history_of(action: Action) -> list[Event]:
    """The latest first."""
    entries = LogEntry.objects.about(action).filter(action__in=WORDS).select_related("actor")
    return [
        Event(WORDS[one.action], _part(one), one.actor, one.at)
        for one in entries.order_by("-at", "-pk")[:LONGEST]
    ]


def _part(entry: LogEntry) -> Any:
    part = PARTS.get(entry.data.get("part", ""))
    return part.title if part else ""
