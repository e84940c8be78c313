"""Who is behind a session: asked for many at once, and answered as Django itself would answer."""

import functools
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
    get_user_model,
)
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare

from in4green.common.ready import NUMBERS, WORDS, Asking, Ready, side_by_side
from in4green.livetext import visitors


class People:
    """Those whom these sessions belong to."""

    def __init__(self, sessions: Mapping[str, Mapping[str, Any]], users: Mapping[int, Any]) -> None:
        self.sessions = sessions
        self._users = users

    def behind(self, session_key: str) -> Any:
        """None for whoever isn't signed in with it, or may not act at the moment."""
        session = self.sessions.get(session_key)
        if session is None:
            return None
        user: Any = self._users.get(user_id_in(session) or 0)
        if not is_plainly(user, session):  # a secret that has changed, a password that has: its way
            user = get_user(SimpleNamespace(session=_store()(session_key)))  # type: ignore[arg-type]
        good = user.is_authenticated and user.is_active and visitors.may_enter(user, session)
        return user if good else None


def people_behind(session_keys: Iterable[str]) -> Asking:
    """In as many steps as for one of them."""
    keys = set(session_keys)
    if not keys:
        return People({}, {})
    [rows] = yield [(_sessions(), keys)]
    decode = _store()().decode
    sessions = {row.session_key: decode(row.session_data) for row in _sessions().objects(rows)}
    users = yield from known(filter(None, map(user_id_in, sessions.values())))
    return People(sessions, users)


def known(ids: Iterable[int]) -> Asking:
    """Users by id, with what rules ask of each of them."""
    asked = set(ids)
    if not asked:
        return {}
    users, tell = yield from side_by_side(_users_by_id(asked), visitors.prepare(asked))
    for user in users.values():
        tell(user)
    return users


def _users_by_id(ids: Collection[int]) -> Asking:
    [rows] = yield [(_users(), ids)]
    return {user.pk: user for user in _users().objects(rows)}


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore


@functools.cache
def _sessions() -> Ready:
    model = _store().get_model_class()
    return Ready(model.objects.filter(session_key__in=WORDS, expire_date__gt=Now()))


@functools.cache
def _users() -> Ready:
    return Ready(get_user_model()._default_manager.filter(pk__in=NUMBERS))


def user_id_in(session: Mapping[str, Any]) -> int | None:
    said = session.get(SESSION_KEY)
    return int(said) if said is not None else None


def is_plainly(user: Any, session: Mapping[str, Any]) -> bool:
    """Nothing is unusual: `get_user` would answer with this user, after a query for each."""
    return (
        user is not None
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    )
