"""Conditions on whoever opens a live connection, registered by the rooms that know them.

A page's middleware never sees a socket: idle limits and second factors are asked for here.
"""

from collections.abc import Callable, Collection
from typing import Any

from in4green.common.ready import Asking, side_by_side

Condition = Callable[[Any, Any], bool]
Preparation = Callable[[Collection[int]], Asking]
_conditions: list[Condition] = []
_preparations: list[Preparation] = []


def register(condition: Condition) -> None:
    """``condition(user, session)`` is false for whoever must not come in at the moment."""
    if condition not in _conditions:
        _conditions.append(condition)


def may_enter(user: Any, session: Any) -> bool:
    return all(condition(user, session) for condition in _conditions)


def register_preparation(preparation: Preparation) -> None:
    """``preparation(ids)`` asks what conditions and owners' rules want to know of each user, and
    returns what tells it to one of them."""
    if preparation not in _preparations:
        _preparations.append(preparation)


def prepare(ids: Collection[int]) -> Asking:
    """Returns what is to be called with each of these users."""
    tellers = yield from side_by_side(*(preparation(ids) for preparation in _preparations))

    def tell(user: Any) -> None:
        for teller in tellers:
            teller(user)

    return tell
