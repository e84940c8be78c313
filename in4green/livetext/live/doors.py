"""Who comes in: session, origin and right, asked of Django in a thread."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from in4green.livetext.bell import fingerprint
from in4green.livetext.live.people import People, known
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access, know_row
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
    """Django's database layer blocks. Each thread keeps its connection, and asks a second time by
    another one: that it broke meanwhile is seen only when it is used.

    Raises psycopg.OperationalError while the database is away, as our own connections do.
    """

    def run(again: bool = True) -> Result:
        try:
            return ask(*arguments)
        except DatabaseError as error:
            connections.close_all()
            if again:
                return run(again=False)
            raise psycopg.OperationalError(str(error)) from error

    return await asyncio.get_running_loop().run_in_executor(_threads, run)


@dataclass(frozen=True)
class Asked:
    """Somebody who wants to come in."""

    session_key: str = field(repr=False)
    text_id: int
    epoch: int


Visited = tuple[Visitor, Access]


def session_key_in(headers: dict[str, str]) -> str:
    """Empty where there is none."""
    cookie = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def headers_of(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def comes_from_portal(headers: dict[str, str]) -> bool:
    """Another site's page must not act with its visitor's session."""
    return headers.get("origin") == settings.BASE_URL


def let_in(asked: Sequence[Asked]) -> list[Visited | Exception]:
    """What each is answered. An exception is for one alone; TurnedAway says why."""
    people = People(filter(None, (each.session_key for each in asked)))
    texts = texts_of(each.text_id for each in asked if each.session_key in people.sessions)
    return [_let_in(each, people, texts.get(each.text_id)) for each in asked]


def _let_in(asked: Asked, people: People, text: LiveText | None) -> Visited | Exception:
    """An unknown text and a forbidden one answer alike."""
    try:
        user = people.behind(asked.session_key)
        if user is None:
            return TurnedAway(Close.SIGNED_OUT)
        granted = access(user, text) if text else Access.NOTHING
    except DatabaseError:
        raise
    except Exception as error:  # somebody else's rule must not keep the others out
        return error
    if text is None or granted is Access.NOTHING:
        return TurnedAway(Close.UNKNOWN)
    if text.epoch != asked.epoch:
        return TurnedAway(Close.OTHER_EPOCH)
    return Visitor(user.pk, str(user), asked.session_key), granted


def texts_of(ids: Iterable[int]) -> dict[int, LiveText]:
    """With the rows that own them, so that many people can be asked for."""
    texts = LiveText.objects.in_bulk(set(ids))
    for text in texts.values():
        know_row(text)
    return texts


def rights(text_id: int, users: Iterable[int]) -> tuple[int, dict[int, Access]]:
    """The text's ``perm_version`` and, read after it, what each of these users may do."""
    granted = dict.fromkeys(users, Access.NOTHING)
    text = texts_of([text_id]).get(text_id)
    if text is None:
        return -1, granted
    people = known(granted)
    return text.perm_version, granted | {pk: access(user, text) for pk, user in people.items()}


def ended_sessions(keys: Iterable[str]) -> set[str]:
    """Those of the session keys with which nobody may come in any more."""
    asked = set(keys)
    people = People(asked)
    return {key for key in asked if people.behind(key) is None}
