"""The whole plan as an edition keeps it: JSON that needs no database to be read."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from actionplan import tables, whole
from actionplan.approval import approval_of
from actionplan.models import Plan
from in4green.livetext.content.tree import Content

Record = dict[str, Any]
VERSION = 1  # of this form, which docs/editions.md describes


def freeze(plan: Plan, **facts: Any) -> Record:
    """In the original's language and in each into which at least one text is translated.

    ``facts`` of the edition itself stand beside it. All of one moment only within a transaction
    that sees nothing newer.
    """
    said = {language: _in(plan, language) for language in plan.languages}
    kept = [code for code in said if code == plan.language or _is_translated(said[code], code)]
    return {
        "version": VERSION,
        "plan": plan.slug,
        "status": plan.status,
        "original": plan.language,
        "languages": kept,
        "approval": approval_of(plan),
        **facts,
        "in": {code: said[code] for code in kept},
    }


def _in(plan: Plan, language: str) -> Record:
    """With the data of the live tables, so that another way to count never changes them."""
    said = whole.collect(plan, language)
    return {**said, "tables": tables.of(said)}


def _is_translated(said: Record, language: str) -> bool:
    return any(section["language"] == language for section in said["sections"])


def canonical(content: Record) -> bytes:
    """The same bytes for the same content, whoever writes them: keys in order, no spaces."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def checksum(content: Record) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def texts_in(content: Record) -> Iterator[Content]:
    """Every text of sections and actions, in each language."""
    for said in content["in"].values():
        yield from (row["content"] for row in said["sections"] if row["content"])
        yield from (row["description"] for row in said["actions"])


def addresses_of_pictures(content: Record) -> set[str]:
    return {src for text in texts_in(content) for src in _pictures(text)}


def _pictures(text: Content) -> Iterator[str]:
    waiting = [text]
    while waiting:
        node = waiting.pop()
        if node.get("type") == "image" and (src := (node.get("attrs") or {}).get("src")):
            yield src
        waiting.extend(node.get("content", []))
