"""Links for partner cities without an account: made, sent, used, handed in, sent back, withdrawn.

A link opens drafts of one city and nothing else. Everybody who writes through it waits for the
others at its row.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from in4green.common import signed_links
from meetings.forms.sheet import Sheet
from meetings.models import GuestLink, Meeting, Practice
from meetings.notifications import guests as notifications
from meetings.services import entering

# Through one link: more than a city has, and less than what fills a table.
MOST_PRACTICES = 30
MOST_MEETINGS = 10
MOST_ANSWERS = 30
AFTER_SENT_BACK = timedelta(days=14)


def find_link(pk: UUID, token: str) -> GuestLink | None:
    """None for an address that is forged, or older than the last renewal."""
    rows = GuestLink.objects.select_related("group", "city")
    link: GuestLink | None = signed_links.find(rows, "meetings.guest", pk, token)
    return link


def is_asked_too_often(link: GuestLink) -> bool:
    most: int = settings.MEETINGS["GUEST_REQUESTS_PER_HOUR"]
    return signed_links.is_asked_too_often(link, "guest", most=most)


def lock(link: GuestLink) -> GuestLink:
    rows = GuestLink.objects.select_for_update(of=("self",)).select_related("group", "city")
    locked: GuestLink = rows.get(pk=link.pk)
    return locked


@transaction.atomic
def make_link(link: GuestLink, *, until: datetime, by: User) -> GuestLink:
    """Expects the link unsaved, with group, city and language."""
    link.expires_at, link.created_by = until, by
    link.save()
    record(by, "guests.invited", link, city=link.city_id)
    return link


@transaction.atomic
def renew(link: GuestLink, *, until: datetime, by: User) -> GuestLink:
    """A new address that is open; the one before leads nowhere from now on."""
    link = lock(link)
    link.generation += 1
    link.expires_at, link.revoked_at, link.finished_at = until, None, None
    link.save()
    record(by, "guests.renewed", link)
    return link


@transaction.atomic
def withdraw(link: GuestLink, *, by: User) -> None:
    """At once; what was entered stays. Said twice it is said once."""
    link = lock(link)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save()
        record(by, "guests.withdrawn", link)


@transaction.atomic
def send_back(link: GuestLink, *, by: User) -> GuestLink:
    """The same address is open again. Raises ValidationError where nothing was handed in."""
    link = lock(link)
    if link.state != GuestLink.State.FINISHED:
        raise ValidationError(_("Only what was handed in can be sent back."), code="state")
    link.finished_at = None
    link.expires_at = max(link.expires_at, timezone.now() + AFTER_SENT_BACK)
    link.save()
    record(by, "guests.sent_back", link)
    return link


@transaction.atomic
def send(link: GuestLink, *, address: str, words: str, by: User) -> None:
    """Raises ValidationError for a link that opens nothing."""
    link = lock(link)
    if not link.is_open:
        raise ValidationError(
            _("This link opens nothing at present. Please renew it first."), code="closed"
        )
    notifications.invite(link, address=address, words=words, by=by)
    record(by, "guests.mailed", link)


@transaction.atomic
def open_meeting(link: GuestLink, meeting: Meeting, *, by: User) -> None:
    """A draft that coordination has begun, for the guest to go on with."""
    link.meetings.add(meeting)
    record(by, "guests.meeting_opened", link, meeting=meeting.pk)


@transaction.atomic
def hand_in(link: GuestLink) -> GuestLink:
    """Expects the link under ``lock`` and open."""
    link.finished_at = timezone.now()
    link.save()
    record(None, "guests.handed_in", link)
    notifications.handed_in(link)
    return link


def has_room(link: GuestLink, what: str) -> bool:
    """Whether one more ``practice``, ``meeting`` or ``answer`` may be entered."""
    there: dict[str, tuple[Any, int]] = {
        "practice": (link.practices, MOST_PRACTICES),
        "meeting": (link.meetings, MOST_MEETINGS),
        "answer": (link.answers, MOST_ANSWERS),
    }
    rows, most = there[what]
    return bool(rows.count() < most)


def may_change(row: Practice | Meeting) -> bool:
    """As long as nobody has reviewed or announced it."""
    if isinstance(row, Practice):
        return row.is_draft
    return not row.is_public and row.status == Meeting.Status.PLANNED


def new_practice(link: GuestLink) -> Practice:
    """In the language in which the city is written to."""
    return Practice(group=link.group, city=link.city, guest_link=link, written_in=link.language)


@transaction.atomic
def save_meeting(link: GuestLink, sheet: Sheet) -> Meeting:
    meeting = entering.save_sheet(sheet, by=None)
    link.meetings.add(meeting)
    return meeting


def new_meeting(link: GuestLink) -> Meeting:
    return Meeting(group=link.group, host=link.city, written_in=link.language)
