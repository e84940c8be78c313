"""``ACTIONPLAN`` of the settings, and what beat asks of the plans."""

from datetime import timedelta
from typing import Any

from in4green.common.environment import Env


def read(env: Env) -> dict[str, Any]:
    return {
        # How long a deleted section or action can be brought back.
        "BIN": timedelta(days=30),
    }


SCHEDULE: dict[str, Any] = {}
