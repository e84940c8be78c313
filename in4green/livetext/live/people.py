"""Who is behind a session: asked for many at once, and answered as Django itself would answer."""

import functools
from collections.abc import Iterable, Mapping
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

from in4green.common.ready import NUMBERS, WORDS, Ready
from in4green.livetext import visitors


class People:
    """Those whom these session keys belong to, in as many queries as for one of them."""

    def __init__(self, session_keys: Iterable[str]) -> None:
        keys = set(session_keys)
        rows = _sessions().objects(keys) if keys else ()
        self._store = import_module(settings.SESSION_ENGINE).SessionStore
        decode = self._store().decode
        self.sessions = {row.session_key: decode(row.session_data) for row in rows}
        self._users = known(filter(None, map(user_id_in, self.sessions.values())))

    def behind(self, session_key: str) -> Any:
        """None for whoever isn't signed in with it, or may not act at the moment."""
        session = self.sessions.get(session_key)
        if session is None:
            return None
        user: Any = self._users.get(user_id_in(session) or 0)
        if not is_plainly(user, session):  # a secret that has changed, a password that has: its way
            user = get_user(SimpleNamespace(session=self._store(session_key)))  # type: ignore[arg-type]
        good = user.is_authenticated and user.is_active and visitors.may_enter(user, session)
        return user if good else None


def known(ids: Iterable[int]) -> dict[int, Any]:
    """Users by id, with what rules ask of each of them."""
    asked = set(ids)
    people = {user.pk: user for user in _users().objects(asked)} if asked else {}
    visitors.prepare(people.values())
    return people


@functools.cache
def _sessions() -> Ready:
    model = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
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
