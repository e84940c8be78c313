"""Who is still there: the limits of a session, and the second factor, for pages and sockets alike.

Members' idle limit is the session's own age; here are the stricter rules for staff.
"""

import functools
import time
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from groups.models import Membership
from groups.services.accounts import has_second_factor
from in4green.common.ready import NUMBERS, Asking, Ready
from in4green.livetext import visitors
from in4green.livetext.models import TextUpdate

SIGNED_IN_KEY = "signed_in_at"
SEEN_KEY = "seen_at"
SECOND_FACTOR_KEY = "second_factor"


def is_over(user: Any, session: Any) -> bool:
    """Whether somebody of the staff was idle for too long, or has worked for a whole day."""
    if not user.is_staff:
        return False
    signed_in = session.get(SIGNED_IN_KEY, 0)
    seen = session.get(SEEN_KEY, signed_in)
    now = int(time.time())
    if now - signed_in > settings.STAFF_SESSION.total_seconds():
        return True
    return now - seen > settings.STAFF_IDLE.total_seconds() and not _writes(user)


def _writes(user: Any) -> bool:
    """In a text no page is asked for; what was committed there counts as being here."""
    since = timezone.now() - settings.STAFF_IDLE
    return TextUpdate.objects.filter(author=user, at__gte=since).exists()


def lacks_factor(user: Any, session: Any) -> bool:
    """Asked once per session: whatever changes the factors makes the session forget."""
    if not user.is_staff or session.get(SECOND_FACTOR_KEY):
        return False
    return not has_second_factor(user)


def may_come_in(user: Any, session: Any) -> bool:
    return not is_over(user, session) and not lacks_factor(user, session)


def remember_seen(session: Any, *, every: timedelta) -> None:
    """Not with each page: a session that changes is written."""
    now = int(time.time())
    if now - session.get(SEEN_KEY, session.get(SIGNED_IN_KEY, 0)) >= every.total_seconds():
        session[SEEN_KEY] = now


def know_roles(ids: Collection[int]) -> Asking:
    """Once for all of them, and for the moment: these users are asked for and forgotten."""
    roles: dict[int, dict[int, str]] = {pk: {} for pk in ids}
    [rows] = yield [(_current_roles(timezone.localdate()), ids)]
    for user_id, group_id, role in rows:
        roles[user_id][group_id] = role

    def tell(user: Any) -> None:
        user.known_roles = roles[user.pk]

    return tell


@functools.lru_cache(maxsize=1)
def _current_roles(today: date) -> Ready:
    mine = Membership.objects.current().filter(user__in=NUMBERS).order_by()
    return Ready(mine.values_list("user", "group", "role"))


visitors.register(may_come_in)
visitors.register_preparation(know_roles)
