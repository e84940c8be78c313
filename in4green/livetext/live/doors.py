"""Who comes in: session, origin and right, asked of Django in a thread."""

import asyncio
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import Error as DatabaseError
from django.db import connection, connections

from in4green.common.ready import NUMBERS, Asking, Ready, together
from in4green.livetext.bell import fingerprint
from in4green.livetext.live.people import People, known, people_behind
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access, kinds, know_rows
from in4green.livetext.wire import Close

KEY = re.compile("[a-z0-9]{8,40}")  # of a session
Result = TypeVar("Result")
# Rights are asked when somebody comes and when a right changes: two threads are plenty.
THREADS = 2
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="doors")


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
    """Django's database layer blocks. Each thread keeps its connection, and where that has failed
    it asks a second time by a new one: that it broke meanwhile is seen only when it is used.

    Raises psycopg.OperationalError while the database is away, as our own connections do.
    """

    def run() -> Result:
        kept = connection.connection is not None
        try:
            return ask(*arguments)
        except DatabaseError as error:
            connections.close_all()
            if kept:
                return run()
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
    """Empty where there is none. What the database can't even be asked for would end the
    question of all who come at the same time."""
    cookie = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    key = cookie.value if cookie else ""
    return key if KEY.fullmatch(key) else ""


def headers_of(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def comes_from_portal(headers: dict[str, str]) -> bool:
    """Another site's page must not act with its visitor's session."""
    return headers.get("origin") == settings.BASE_URL


def let_in(asked: Sequence[Asked]) -> list[Visited | Exception]:
    """What each is answered. An exception is for one alone; TurnedAway says why."""
    known_keys = filter(None, (each.session_key for each in asked))
    people, texts = together(people_behind(known_keys), texts_of(each.text_id for each in asked))
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


def texts_of(ids: Iterable[int]) -> Asking:
    """By id, with the rows that own them, so that many people can be asked for."""
    [rows] = yield [(_texts(), set(ids))]
    texts = {text.pk: text for text in _texts().objects(rows)}
    yield from know_rows(texts.values())
    return texts


@functools.cache
def _texts() -> Ready:
    return Ready(LiveText.objects.filter(pk__in=NUMBERS))


def rights(text_id: int, users: Iterable[int]) -> tuple[int, dict[int, Access]]:
    """The text's ``perm_version`` and, read after it, what each of these users may do."""
    granted = dict.fromkeys(users, Access.NOTHING)
    texts, people = together(texts_of([text_id]), known(granted))
    if (text := texts.get(text_id)) is None:
        return -1, granted
    return text.perm_version, granted | {pk: access(user, text) for pk, user in people.items()}


def ended_sessions(keys: Iterable[str]) -> set[str]:
    """Those of the session keys with which nobody may come in any more."""
    asked = set(keys)
    [people] = together(people_behind(asked))
    return {key for key in asked if people.behind(key) is None}


async def warm_up() -> None:
    """What the first visitor would wait for: connections, and queries that are made ready once.

    Raises psycopg.OperationalError.
    """
    await asyncio.gather(*(in_thread(_let_nobody_in) for _ in range(THREADS)))


def _let_nobody_in() -> None:
    texts = [LiveText(pk=0, kind=kind) for kind in kinds()]
    together(people_behind(["nobody"]), known([0]), texts_of([0]), know_rows(texts))
    nobody = get_user_model()(pk=0)
    nobody.get_session_auth_hash()
    for text in texts:
        access(nobody, text)
