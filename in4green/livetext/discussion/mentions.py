"""Who is meant by ``@`` and a full name."""

import re
from collections.abc import Iterable
from typing import Any


def mentioned(body: str, members: Iterable[Any]) -> list[Any]:
    """Members whose name stands behind an @; all of them where several have the same name."""
    by_name: dict[str, list[Any]] = {}
    for member in members:
        by_name.setdefault(_plain(str(member)), []).append(member)
    # The longest first: a whole name, not the beginning of it that somebody else has.
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    found = re.findall(rf"(?<!\w)@({names})(?!\w)", _plain(body)) if names else []
    return [member for name in dict.fromkeys(found) for member in by_name[name]]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
