"""Links by which people of other cities read what is under review, and comment on it.

A link opens the sections of one review and nothing else of the group.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import PeerLink
from actionplan.notifications import reviews as notifications
from actionplan.services import reviewing
from groups.models import User
from in4green.activity.services import record
from in4green.common import signed_links


def find_link(pk: UUID, token: str) -> PeerLink | None:
    """None for an address that is forged, or older than the last renewal."""
    rows = PeerLink.objects.select_related("review__plan__group__city", "city")
    link: PeerLink | None = signed_links.find(rows, "actionplan.peer", pk, token)
    return link


def is_asked_too_often(link: PeerLink) -> bool:
    most: int = settings.ACTIONPLAN["PEER_REQUESTS_PER_HOUR"]
    return signed_links.is_asked_too_often(link, "peer", most=most)


def _lock(link: PeerLink) -> PeerLink:
    """Together with its review: whoever answers waits for whoever closes."""
    reviewing.lock(link.review)
    rows = PeerLink.objects.select_for_update(of=("self",))
    locked: PeerLink = rows.select_related("review__plan__group", "city").get(pk=link.pk)
    return locked


def _lock_open(link: PeerLink) -> PeerLink:
    link = _lock(link)
    if not link.is_open:
        raise ValidationError(
            _("This link opens nothing at present. Please renew it first."), code="closed"
        )
    return link


@transaction.atomic
def send(link: PeerLink, *, address: str, words: str, by: User) -> None:
    """The address is kept until the review is closed. Raises ValidationError."""
    link = _lock_open(link)
    link.address = address
    link.save(update_fields=["address"])
    notifications.invite_peer(link, words=words, by=by)
    record(by, "peers.mailed", link)


@transaction.atomic
def renew(link: PeerLink, *, until: datetime, by: User) -> None:
    """A new address; the one before leads nowhere from now on. Raises ValidationError."""
    link = _lock(link)
    if not link.review.is_open:
        raise ValidationError(_("This review is closed. Nothing was changed."), code="closed")
    link.generation += 1
    link.expires_at, link.revoked_at, link.answered_at = until, None, None
    link.save(update_fields=["generation", "expires_at", "revoked_at", "answered_at"])
    record(by, "peers.renewed", link)


@transaction.atomic
def withdraw(link: PeerLink, *, by: User) -> None:
    """At once; what was said through it stays. Said twice it is said once."""
    link = _lock(link)
    if link.revoked_at is None:
        link.revoked_at, link.address = timezone.now(), ""
        link.save(update_fields=["revoked_at", "address"])
        record(by, "peers.withdrawn", link)


@transaction.atomic
def finish(link: PeerLink) -> None:
    """Whoever reads has said all; the link stays open for a second thought. Said once."""
    link = _lock_open(link)
    if link.answered_at is None:
        link.answered_at = timezone.now()
        link.save(update_fields=["answered_at"])
        record(None, "peers.answered", link)
        notifications.peer_answered(link)
