"""Texts that belong to a group, for the rooms that own such texts: who may do what in them."""

import functools
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from groups.models import Membership, User, WorkingGroup
from groups.recipients import coordination
from in4green.common.ready import NUMBERS, Asking, Ready
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, Owner, Tables, register


def access_in(group_id: int, user: Any, *, is_closed: bool) -> Access:
    """Members write while it is open, readers read; others see nothing."""
    role = role_in(group_id, user)
    if role is None:
        return Access.NOTHING
    may_write = role != Membership.Role.READER and not is_closed
    return Access.WRITE if may_write else Access.READ


def role_in(group_id: int, user: Any) -> str | None:
    """None for whoever does not belong to it today."""
    if not user.is_authenticated:
        return None
    if user.is_superuser:
        return Membership.Role.COORDINATOR
    if user.known_roles is not None:
        return user.known_roles.get(group_id)
    mine = user.memberships.current().filter(group=group_id)
    role: str | None = mine.values_list("role", flat=True).first()
    return role


def members_of(group_id: int | None) -> QuerySet[User]:
    """Nobody where there is no group any more."""
    current = Membership.objects.current().filter(group=group_id)
    return User.objects.filter(is_active=True, pk__in=current.values("user"))


def by_text(rows: Callable[[], QuerySet[Any]]) -> Callable[[Collection[int]], Asking]:
    """Asks for rows by the ids of their texts."""

    @functools.cache
    def ready() -> Ready:
        return Ready(rows().filter(text__in=NUMBERS))

    def ask(ids: Collection[int]) -> Asking:
        [found] = yield [(ready(), ids)]
        return {row.text_id: row for row in ready().objects(found)}

    return ask


def register_rows(
    kind: str,
    rows: Callable[[], QuerySet[Any]],
    *,
    group: str,
    access: Callable[[Any, Any], Access],
    url: Callable[[Any], str] = lambda row: row.get_absolute_url(),
    tables: Callable[[Any], Tables] = lambda row: Tables(),
) -> None:
    """Texts of one kind, each the ``text`` of a row with ``group``, ``group_id`` and an address.

    ``rows`` gives them with what their names and addresses need; ``group`` is the way from a row
    to its group in a query; ``access`` is asked for a user and a row, ``tables`` for a row. A text
    outlives its row: then nobody reads it.
    """

    def row_of(text: LiveText) -> Any:
        return text.known_row or rows().filter(text=text).first()

    def of_row(read: Callable[[Any], Any], otherwise: Any) -> Callable[[LiveText], Any]:
        def read_text(text: LiveText) -> Any:
            row = row_of(text)
            return otherwise if row is None else read(row)

        return read_text

    def access_to(user: Any, text: LiveText) -> Access:
        row = row_of(text)
        return Access.NOTHING if row is None else access(user, row)

    def kept_by(user: Any) -> QuerySet[Any]:
        mine = {f"{group}__in": WorkingGroup.objects.visible_to(user)}
        return rows().filter(**mine).order_by().values("text")

    register(
        Owner(
            kind=kind,
            access=access_to,
            title=of_row(str, ""),
            url=of_row(url, ""),
            members=of_row(lambda row: members_of(row.group_id), User.objects.none()),
            group_id=of_row(lambda row: row.group_id, None),
            keepers=of_row(lambda row: coordination(row.group), ()),
            kept_by=kept_by,
            tables=of_row(tables, Tables()),
            rows=by_text(rows),
        )
    )
