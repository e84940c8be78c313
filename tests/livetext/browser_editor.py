"""What a browser's editor does with a text: y-prosemirror itself, run by Node."""

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal import node

GOLDEN = Path(__file__).with_name("golden")


@dataclass(frozen=True)
class Opened:
    shown: dict[str, Any]
    # Changes that merely opening the text, and writing back what is shown, make for everybody.
    opening: int
    writing: int
    # Whether it would make the rows of a table equal.
    repairs: bool


def open_texts(states: list[bytes]) -> list[Opened]:
    lines = "".join(base64.b64encode(state).decode() + "\n" for state in states)
    answer = subprocess.run(
        [node.program(), str(GOLDEN / "open.mjs")],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Opened(**json.loads(line)) for line in answer.stdout.splitlines()]


def sorted_marks(content: dict[str, Any]) -> dict[str, Any]:
    """Comments on one word have no order of their own, so it doesn't part two runs either."""
    result = dict(content)
    if "marks" in content:
        result["marks"] = sorted(content["marks"], key=json.dumps)
    if "content" in content:
        result["content"] = joined([sorted_marks(child) for child in content["content"]])
    return result


def joined(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = []
    for child in children:
        before = result[-1] if result else {}
        if "text" in child and "text" in before and child.get("marks") == before.get("marks"):
            result[-1] = before | {"text": before["text"] + child["text"]}
        else:
            result.append(child)
    return result
