"""What a plan begins with: the four parts of URBACT's canvas, with titles and words of our own."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("template.json")


def read_template() -> list[dict[str, Any]]:
    """Each with its ``parts``, if it has any, in their order."""
    template: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return template
