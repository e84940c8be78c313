"""What beat asks of the groups, for ``CELERY_BEAT_SCHEDULE``."""

from datetime import timedelta
from typing import Any

SCHEDULE: dict[str, Any] = {
    "interest-reminders": {
        "task": "groups.tasks.send_interest_reminders",
        "schedule": timedelta(minutes=15),
    },
    "barrier-reminders": {
        "task": "groups.tasks.remind_of_open_barrier_reports",
        "schedule": timedelta(hours=1),
    },
    "barrier-clean-up": {
        "task": "groups.tasks.delete_answered_barrier_reports",
        "schedule": timedelta(hours=6),
    },
    "session-clean-up": {
        "task": "groups.tasks.delete_expired_sessions",
        "schedule": timedelta(hours=6),
    },
    "interest-clean-up": {
        "task": "groups.tasks.delete_expired_interest",
        "schedule": timedelta(hours=6),
    },
}
