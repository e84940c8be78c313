"""Conditions on whoever opens a live connection, registered by the rooms that know them.

A page's middleware never sees a socket: idle limits and second factors are asked for here.
"""

from collections.abc import Callable, Collection
from typing import Any

Condition = Callable[[Any, Any], bool]
Preparation = Callable[[Collection[Any]], None]
_conditions: list[Condition] = []
_preparations: list[Preparation] = []


def register(condition: Condition) -> None:
    """``condition(user, session)`` is false for whoever must not come in at the moment."""
    if condition not in _conditions:
        _conditions.append(condition)


def may_enter(user: Any, session: Any) -> bool:
    return all(condition(user, session) for condition in _conditions)


def register_preparation(preparation: Preparation) -> None:
    """``preparation(users)`` reads at once what conditions and owners' rules ask for each user."""
    if preparation not in _preparations:
        _preparations.append(preparation)


def prepare(users: Collection[Any]) -> None:
    if users:
        for preparation in _preparations:
            preparation(users)
