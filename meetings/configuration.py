"""``MEETINGS`` of the settings, and what beat asks of the meetings."""

from datetime import timedelta
from typing import Any

from in4green.common.environment import Env


def read(env: Env) -> dict[str, Any]:
    return {
        # What changes is told once nobody has changed anything for so long.
        "QUIET": timedelta(minutes=env.float("MEETINGS_QUIET_MINUTES", default=10)),
        # Whoever asks one secret link more often than this in an hour is told to wait.
        "CALENDAR_READS_PER_HOUR": 60,
        "GUEST_REQUESTS_PER_HOUR": 600,
        # How far back a personal calendar goes.
        "CALENDAR_BACK": timedelta(days=366),
    }


SCHEDULE: dict[str, Any] = {
    "meetings-changes": {
        "task": "meetings.tasks.tell_changes",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "meetings-reminders": {
        "task": "meetings.tasks.send_reminders",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    "photos-prepare": {
        "task": "meetings.tasks.prepare_photos",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "printouts-make": {
        "task": "meetings.tasks.make_printouts",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "uploads-clean-up": {
        "task": "meetings.tasks.delete_orphaned_uploads",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "people-clean-up": {
        "task": "meetings.tasks.delete_what_is_kept_no_longer",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
}
