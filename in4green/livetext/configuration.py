"""``LIVETEXT`` of the settings: each limit can be raised for a load test, and says its unit."""

from datetime import timedelta
from typing import Any

from in4green.common.environment import Env


def read(env: Env, *, origin: str) -> dict[str, Any]:
    # Where editors connect. Behind a proxy web and live share one origin; alone they don't.
    live = env.str("LIVE_ORIGIN", default=origin).rstrip("/")
    return {
        "ORIGIN": live,
        # What the content security policy names beside 'self'.
        "SOURCES": [] if live == origin else [live, live.replace("http", "ws", 1)],
        # One frame of a socket, one upload by POST, and a whole text; bytes.
        "FRAME_BYTES": env.int("LIVE_FRAME_BYTES", default=65536),
        "UPLOAD_BYTES": env.int("LIVE_UPLOAD_BYTES", default=1_500_000),
        "STATE_BYTES": env.int("LIVE_STATE_BYTES", default=1_500_000),
        # Parts of one update.
        "FRAME_STRUCTS": env.int("LIVE_FRAME_STRUCTS", default=2000),
        "UPLOAD_STRUCTS": env.int("LIVE_UPLOAD_STRUCTS", default=20000),
        # What one socket may send within a second.
        "MESSAGES_PER_SECOND": env.int("LIVE_MESSAGES_PER_SECOND", default=30),
        "BYTES_PER_SECOND": env.int("LIVE_BYTES_PER_SECOND", default=256_000),
        "SOCKETS_PER_TEXT": env.int("LIVE_SOCKETS_PER_TEXT", default=400),
        # Whoever reads so slowly that this many bytes wait is disconnected.
        "BACKLOG_BYTES": env.int("LIVE_BACKLOG_BYTES", default=1_000_000),
        # After so many updates or bytes a text gets a snapshot, and when nobody has written for
        # so long. Versions of those who go on writing are so far apart.
        "SNAPSHOT_UPDATES": env.int("LIVE_SNAPSHOT_UPDATES", default=200),
        "SNAPSHOT_BYTES": env.int("LIVE_SNAPSHOT_BYTES", default=65536),
        "IDLE": timedelta(seconds=env.float("LIVE_IDLE", default=30)),
        "VERSION_EVERY": timedelta(seconds=env.float("LIVE_VERSION_EVERY", default=600)),
        # How long the log of changes is kept, beyond what the newest snapshots need.
        "LOG_KEPT": timedelta(days=env.int("LIVE_LOG_KEPT", default=90)),
        # After that one automatic version of a day stays, and all that people have made.
        "VERSIONS_KEPT": timedelta(days=env.int("LIVE_VERSIONS_KEPT", default=90)),
    }


# For CELERY_BEAT_SCHEDULE. What waited while no worker ran need not run twice.
SCHEDULE: dict[str, Any] = {
    "texts-tend": {
        "task": "in4green.livetext.tasks.tend_texts",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "texts-compact": {
        "task": "in4green.livetext.tasks.compact_texts",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "texts-pictures": {
        "task": "in4green.livetext.tasks.delete_orphaned_pictures",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "texts-files-read": {
        "task": "in4green.livetext.tasks.read_files",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "texts-files-clean-up": {
        "task": "in4green.livetext.tasks.delete_old_files",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "texts-proposals": {
        "task": "in4green.livetext.tasks.delete_forgotten_proposals",
        "schedule": timedelta(hours=24),
        "options": {"expires": 3600},
    },
}
