"""Meetings of the network that public sources tell of, each with its sources; nothing else.

What no source says is missing here and shown as not yet recorded.
"""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("meetings.json")


def read_meetings() -> list[dict[str, Any]]:
    meetings: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return meetings
