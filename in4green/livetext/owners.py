"""Who owns a text says who may do what with it: each room above registers its kind here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from in4green.activity.services import Recipient
from in4green.common.ready import Asking, side_by_side
from in4green.livetext.content import live_tables
from in4green.livetext.models import LiveText


class Access(IntEnum):
    """What a person may do; each level includes those below it."""

    NOTHING = 0
    READ = 1
    COMMENT = 2
    SUGGEST = 3
    WRITE = 4


@dataclass(frozen=True)
class Tables:
    """What a text may show of its room's records, drawn anew each time (``live_tables``)."""

    # In the order of the menu.
    slugs: tuple[str, ...] = ()
    # The finished HTML of some of them.
    html: Callable[[Collection[str]], Mapping[str, SafeString]] = lambda slugs: {}


def nothing_to_ask(ids: Collection[int]) -> Asking:
    yield []
    return {}


@dataclass(frozen=True)
class Owner:
    """All of it is asked for a text of this kind, and for users who may be anonymous."""

    kind: str
    access: Callable[[Any, LiveText], Access]
    title: Callable[[LiveText], str]
    # Where the text is read and written, as a path under the active language.
    url: Callable[[LiveText], str]
    # Who can be mentioned in a comment and hears of it.
    members: Callable[[LiveText], QuerySet[Any]]
    # The working group it belongs to, for rights in the admin and the log.
    group_id: Callable[[LiveText], int | None]
    # Who is told that something is wrong with it.
    keepers: Callable[[LiveText], Iterable[Recipient]] = lambda text: ()
    # The same from the other side: ids of the texts that a person answers for.
    kept_by: Callable[[Any], QuerySet[Any]] = lambda user: LiveText.objects.none()
    tables: Callable[[LiveText], Tables] = lambda text: Tables()
    # The rows that own such texts, by the texts' ids, for `known_row`: asked for at once.
    rows: Callable[[Collection[int]], Asking] = nothing_to_ask


_owners: dict[str, Owner] = {}


def register(owner: Owner) -> None:
    _owners[owner.kind] = owner


def unregister(kind: str) -> None:
    """For tests that brought a kind of their own."""
    del _owners[kind]


def owner_of(text: LiveText) -> Owner:
    """Raises KeyError for a kind that no room has registered."""
    return _owners[text.kind]


def kinds() -> tuple[str, ...]:
    return tuple(_owners)


def know_rows(texts: Collection[LiveText]) -> Asking:
    """Before ``access`` is asked for many people."""
    own: dict[str, list[int]] = {}
    for text in texts:
        if text.kind in _owners:
            own.setdefault(text.kind, []).append(text.pk)
    found = yield from side_by_side(*(_owners[kind].rows(ids) for kind, ids in own.items()))
    rows = {text_id: row for each in found for text_id, row in each.items()}
    for text in texts:
        text.known_row = rows.get(text.pk)


def title(text: LiveText) -> str:
    owner = _owners.get(text.kind)
    return owner.title(text) if owner else ""


def keepers(text: LiveText) -> Iterable[Recipient]:
    owner = _owners.get(text.kind)
    return owner.keepers(text) if owner else ()


def tables(text: LiveText) -> Tables:
    owner = _owners.get(text.kind)
    return owner.tables(text) if owner else Tables()


def table_names(text: LiveText) -> list[str]:
    """As people call those that it may show."""
    return [live_tables.name(slug) for slug in tables(text).slugs]


def kept_by(user: Any) -> list[QuerySet[Any]]:
    """Of every kind, ids of the texts that a person answers for."""
    return [owner.kept_by(user) for owner in _owners.values()]


def access(user: Any, text: LiveText) -> Access:
    """Nothing in a text that nobody owns, or for a locked account; strangers read at most."""
    owner = _owners.get(text.kind)
    if owner is None:
        return Access.NOTHING
    if not user.is_authenticated:
        return min(owner.access(user, text), Access.READ)
    return owner.access(user, text) if user.is_active else Access.NOTHING
