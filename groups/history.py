"""What happened to a sign-up, told in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from groups.models import InterestSignup
from in4green.activity.models import LogEntry

# What coordination is told; looking at a sign-up is logged, too, but tells nobody anything.
WORDS = {
    "interest.confirmed": _("Confirmed by the person"),
    "interest.entered": _("Entered by coordination"),
    "interest.confirmation_sent_again": _("Confirmation mail sent again"),
    "interest.review_started": _("Taken on"),
    "interest.corrected": _("Corrected by the person"),
    "interest.asked": _("Question asked"),
    "interest.answered": _("Question answered"),
    "interest.accepted": _("Accepted and invited"),
    "interest.declined": _("Declined"),
    "interest.withdrawn": _("Withdrawn by the person"),
    "interest.joined": _("Joined the group"),
}


@dataclass(frozen=True)
class Event:
    """One line of the history; ``who`` is None for the person or the portal itself."""

    words: Any
    who: Any
    at: datetime


def history_of(signup: InterestSignup) -> list[Event]:
    entries = LogEntry.objects.about(signup).filter(action__in=WORDS).select_related("actor")
    return [Event(WORDS[entry.action], entry.actor, entry.at) for entry in entries]
