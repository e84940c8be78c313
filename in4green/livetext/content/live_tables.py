"""Tables made from a room's records: a text holds only which one, and it is drawn anew each time.

A room above registers the names of its tables here; which of them a text offers, and what they
say, its owner knows (``owners.Tables``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from in4green.livetext.content.tree import Content

NODE = "liveTable"

_names: dict[str, Any] = {}


def register(names: Mapping[str, Any]) -> None:
    """By slug; the names may be lazy."""
    _names.update(names)


def is_known(slug: str | None) -> bool:
    return slug in _names


def name(slug: str | None) -> str:
    """For people, in the active language."""
    return str(_names.get(slug or "") or _("Table that is not known here"))


def slug_of(node: Content) -> str | None:
    slug: str | None = (node.get("attrs") or {}).get("table")
    return slug


def shown_in(content: Content) -> list[str]:
    """The known ones that stand in a text, each once, in their order."""
    return list(dict.fromkeys(slug for slug in _slugs(content) if is_known(slug)))


def _slugs(content: Content) -> Iterator[str]:
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if node.get("type") == NODE and (slug := slug_of(node)):
            yield slug
        waiting.extend(reversed(node.get("content", [])))
