"""``ACTIONPLAN`` of the settings, and what beat asks of the plans."""

from datetime import timedelta
from typing import Any

from in4green.common.environment import Env


def read(env: Env) -> dict[str, Any]:
    return {
        # How long a deleted section or action can be brought back.
        "BIN": timedelta(days=30),
        # Whoever asks the link of a peer review more often than this is told to wait.
        "PEER_REQUESTS_PER_HOUR": 600,
    }


SCHEDULE: dict[str, Any] = {
    "plan-reviews": {
        "task": "actionplan.tasks.remind_and_close",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    "plan-bin": {
        "task": "actionplan.tasks.empty_the_bin",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
}
