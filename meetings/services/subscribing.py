"""A person's own calendar at a secret address: made, renewed, switched off."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groups.models import User
from in4green.activity.services import record
from in4green.common import limits
from in4green.common.tokens import token_matches
from meetings.models import CalendarLink

HOUR = 3600  # seconds


@transaction.atomic
def make_link(user: User) -> CalendarLink:
    """A new address; whatever was handed out before leads nowhere from now on."""
    link, is_new = CalendarLink.objects.select_for_update().get_or_create(user=user)
    if not is_new:
        link.generation += 1
        link.is_on = True
        link.renewed_at = timezone.now()
        link.save()
    record(user, "calendar.made" if is_new else "calendar.renewed")
    return link


@transaction.atomic
def switch_off(user: User) -> None:
    """Nobody reads it any more; a new address can be made at any time."""
    if CalendarLink.objects.filter(user=user, is_on=True).update(is_on=False):
        record(user, "calendar.switched_off")


def is_right(link: CalendarLink, token: str) -> bool:
    """Not for an older address, one that is switched off, or of an account that is closed."""
    is_open = link.is_on and link.user.is_active
    return is_open and token_matches(token, "calendar", link.pk, link.generation)


def is_read_too_often(link: CalendarLink) -> bool:
    """Counts this reading. By the link, not by where it comes from: it is the secret."""
    most: int = settings.MEETINGS["CALENDAR_READS_PER_HOUR"]
    return limits.is_over(f"calendar:{link.pk}", most=most, within=HOUR)
