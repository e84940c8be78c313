"""A text as an editor in a browser has it: taken apart with care, whoever sent it."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from in4green.livetext.content import tree
from in4green.livetext.content.tree import Content
from in4green.livetext.content.validating import validate


def read_content(written: str) -> Content:
    """ProseMirror's JSON in our one form. Raises ValidationError for what is no text of ours."""
    try:
        content = json.loads(written)
    except (ValueError, RecursionError):
        raise _refused() from None
    if not _is_shaped(content) or validate(content):
        raise _refused()
    return tree.to_json(tree.from_json(content))


def _is_shaped(content: Any) -> bool:
    """Whether each part is of the kind of value that readers of contents rely on."""
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict) or not isinstance(node.get("type"), str):
            return False
        marks, inside = node.get("marks", []), node.get("content", [])
        if not (isinstance(marks, list) and isinstance(inside, list)):
            return False
        if not all(isinstance(part.get("attrs", {}), dict) for part in [node, *_dicts(marks)]):
            return False
        if len(_dicts(marks)) < len(marks):
            return False
        waiting.extend(inside)
    return True


def _dicts(parts: list[Any]) -> list[dict[str, Any]]:
    return [part for part in parts if isinstance(part, dict)]


def _refused() -> ValidationError:
    return ValidationError(_("The text holds something that cannot be kept here."))
