"""Who comes in: session, origin and right, asked of Django in a thread."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.contrib.auth import get_user, get_user_model
from django.db import Error as DatabaseError
from django.db import connections

from in4green.livetext.bell import fingerprint
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access
from in4green.livetext.visitors import may_enter
from in4green.livetext.wire import Close

Result = TypeVar("Result")
# Rights are asked when somebody comes and when a right changes: two threads are plenty.
_threads = ThreadPoolExecutor(2, thread_name_prefix="doors")


class TurnedAway(Exception):
    """With the code that says why, see `Close`."""

    def __init__(self, code: int) -> None:
        self.code = code


@dataclass(frozen=True)
class Visitor:
    user_id: int
    name: str
    session_key: str = field(repr=False)

    @property
    def session(self) -> str:
        """A fingerprint: enough to know which sockets end with a session."""
        return fingerprint(self.session_key)


async def in_thread(ask: Callable[..., Result], *arguments: Any) -> Result:
    """Django's database layer blocks; its connection goes back to the pool afterwards.

    Raises psycopg.OperationalError while the database is away, as our own connections do.
    """

    def run() -> Result:
        try:
            return ask(*arguments)
        except DatabaseError as error:
            raise psycopg.OperationalError(str(error)) from error
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(_threads, run)


def headers_of(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def comes_from_portal(headers: dict[str, str]) -> bool:
    """Another site's page must not act with its visitor's session."""
    return headers.get("origin") == settings.BASE_URL


def let_in(headers: dict[str, str], text_id: int, epoch: int) -> tuple[Visitor, Access]:
    """Raises TurnedAway; an unknown text and a forbidden one answer alike."""
    cookie = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    user = user_by(cookie.value) if cookie else None
    if cookie is None or user is None:
        raise TurnedAway(Close.SIGNED_OUT)
    text = LiveText.objects.filter(pk=text_id).first()
    granted = access(user, text) if text else Access.NOTHING
    if text is None or granted is Access.NOTHING:
        raise TurnedAway(Close.UNKNOWN)
    if text.epoch != epoch:
        raise TurnedAway(Close.OTHER_EPOCH)
    return Visitor(user.pk, str(user), cookie.value), granted


def user_by(session_key: str) -> Any:
    """None for whoever isn't signed in with it, or may not act at the moment."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    good = user.is_authenticated and user.is_active and may_enter(user, session)
    return user if good else None


def rights(text_id: int, users: Iterable[int]) -> tuple[int, dict[int, Access]]:
    """The text's ``perm_version`` and, read after it, what each of these users may do."""
    granted = dict.fromkeys(users, Access.NOTHING)
    text = LiveText.objects.filter(pk=text_id).first()
    if text is None:
        return -1, granted
    people = get_user_model()._default_manager.in_bulk(list(granted))
    return text.perm_version, granted | {pk: access(user, text) for pk, user in people.items()}


def ended_sessions(keys: Iterable[str]) -> set[str]:
    """Those of the session keys with which nobody may come in any more."""
    return {key for key in keys if user_by(key) is None}
