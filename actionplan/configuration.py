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
        # How long the address and the network of who commented on an edition are kept.
        "COMMENT_ADDRESSES_KEPT": timedelta(days=183),
        # So many comments from one network in ten minutes; above it the form asks to confirm.
        "NETWORK_LIMIT": 20,
    }


SCHEDULE: dict[str, Any] = {
    "plan-reviews": {
        "task": "actionplan.tasks.remind_and_close",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    "plan-comments": {
        "task": "actionplan.tasks.forget_addresses",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "plan-bin": {
        "task": "actionplan.tasks.empty_the_bin",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "plan-exports": {
        "task": "actionplan.tasks.make_exports",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "plan-exports-clean-up": {
        "task": "actionplan.tasks.delete_old_exports",
        "schedule": timedelta(hours=1),
        "options": {"expires": 1800},
    },
}
