"""Who may do what in texts that belong to a group, for the rooms that own such texts."""

from typing import Any

from django.db.models import QuerySet

from groups.models import Membership, User
from in4green.livetext.owners import Access


def access_in(group_id: int, user: Any, *, is_closed: bool) -> Access:
    """Members write while it is open, readers read; others see nothing."""
    role = _role(user, group_id) if user.is_authenticated else None
    if role is None:
        return Access.NOTHING
    may_write = role != Membership.Role.READER and not is_closed
    return Access.WRITE if may_write else Access.READ


def _role(user: User, group_id: int) -> str | None:
    if user.is_superuser:
        return Membership.Role.COORDINATOR
    mine = user.memberships.current().filter(group=group_id)
    return mine.values_list("role", flat=True).first()


def members_of(group_id: int | None) -> QuerySet[User]:
    """Nobody where there is no group any more."""
    current = Membership.objects.current().filter(group=group_id)
    return User.objects.filter(is_active=True, pk__in=current.values("user"))
