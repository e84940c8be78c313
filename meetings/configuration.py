"""What beat asks of the meetings."""

from datetime import timedelta
from typing import Any

SCHEDULE: dict[str, Any] = {
    "photos-prepare": {
        "task": "meetings.tasks.prepare_photos",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "uploads-clean-up": {
        "task": "meetings.tasks.delete_orphaned_uploads",
        "schedule": timedelta(hours=6),
    },
    "people-clean-up": {
        "task": "meetings.tasks.delete_what_is_kept_no_longer",
        "schedule": timedelta(hours=6),
    },
}
