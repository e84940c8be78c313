"""Conditions on whoever opens a live connection, registered by the rooms that know them.

A page's middleware never sees a socket: idle limits and second factors are asked for here.
"""

from collections.abc import Callable
from typing import Any

Condition = Callable[[Any, Any], bool]
_conditions: list[Condition] = []


def register(condition: Condition) -> None:
    """``condition(user, session)`` is false for whoever must not come in at the moment."""
    if condition not in _conditions:
        _conditions.append(condition)


def may_enter(user: Any, session: Any) -> bool:
    return all(condition(user, session) for condition in _conditions)
