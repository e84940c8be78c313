"""What happens to a challenge: put, changed, shown to everybody, closed, opened again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from meetings.models import Challenge
from meetings.services.practices import free_slug


def lock(challenge: Challenge) -> Challenge:
    """Everybody who changes or answers a challenge waits here for the others."""
    locked = Challenge.objects.select_for_update(of=("self",))
    return locked.select_related("city", "group", "changed_by", "created_by").get(pk=challenge.pk)


@transaction.atomic
def save_challenge(form: Any, *, by: User) -> Challenge:
    """Expects a valid form, read under ``lock``."""
    is_new = not form.is_there
    challenge: Challenge = form.instance
    if is_new:
        challenge.slug = free_slug(Challenge, challenge.city, challenge.title)
        challenge.created_by = by
    challenge = form.keep(by=by)
    record(by, "challenges.entered" if is_new else "challenges.changed", challenge)
    return challenge


@transaction.atomic
def show_challenge(challenge: Challenge, *, is_public: bool, by: User) -> Challenge:
    """To everybody, or to the group alone again. Nothing happens where it is so already."""
    challenge = lock(challenge)
    if challenge.is_public == is_public:
        return challenge
    challenge.is_public = is_public
    return _keep(challenge, by, "shown" if is_public else "hidden")


@transaction.atomic
def close_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Takes no more answers. Raises ValidationError where somebody was faster."""
    challenge = lock(challenge)
    if challenge.is_closed:
        raise ValidationError(_("Somebody has closed this meanwhile."), code="closed")
    challenge.closed_at, challenge.closed_by = timezone.now(), by
    return _keep(challenge, by, "closed")


@transaction.atomic
def reopen_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Raises ValidationError for one that is open."""
    challenge = lock(challenge)
    if not challenge.is_closed:
        raise ValidationError(_("This is open already."), code="open")
    challenge.closed_at = challenge.closed_by = None
    return _keep(challenge, by, "reopened")


def _keep(challenge: Challenge, by: User, what: str) -> Challenge:
    challenge.version += 1
    challenge.save()
    record(by, f"challenges.{what}", challenge)
    return challenge
