"""Coordination invites to a meeting by mail."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Membership, User
from in4green.activity.services import Wording, record
from meetings.models import Meeting, MeetingInvitation, Participation
from meetings.services.participating import add_members, member_of_list
from meetings.services.telling import lock_letters, notify_each, tell
from meetings.timing import is_over

Answer = Participation.Answer
MEANWHILE = gettext_lazy(
    "Invitations have left meanwhile. Nothing was sent again: please look below who was asked."
)


class Who(StrEnum):
    """Those who are not invited yet, who were and have not answered, or both and all others."""

    NEW = "new"
    OPEN = "open"
    EVERYBODY = "everybody"


def to_invite(meeting: Meeting, *, by: User) -> dict[str, list[Participation]]:
    """Per ``Who``: those on the list with an address and, not saved yet, members who are not."""
    memberships = Membership.objects.filter(group=meeting.group)
    members = memberships.current().reachable().select_related("organisation", "group")
    left = set(memberships.exclude(pk__in=members.values("pk")).values_list("user", flat=True))
    listed = meeting.participations.select_related("user", "invitation")
    there = {row.user_id for row in listed}
    people = [member_of_list(meeting, row, by=by) for row in members if row.user_id not in there]
    people += [row for row in listed if row.address and row.user_id not in left]
    return {
        Who.NEW: [row for row in people if not was_invited(row)],
        Who.OPEN: [row for row in people if was_invited(row) and row.answer == Answer.OPEN],
        Who.EVERYBODY: people,
    }


@transaction.atomic
def invite(
    meeting: Meeting,
    *,
    who: str,
    by: User,
    wording: Wording | None = None,
    seen: str | None = None,
) -> int:
    """How many mails; ``who`` is one of ``Who``. Raises ValidationError.

    Without ``wording`` everybody reads the portal's own words, in the own language. ``seen``:
    what ``last_invited`` was for whoever decided, so that two clicks don't send twice.
    """
    letters = lock_letters(meeting)
    meeting = letters.meeting
    if not can_invite(meeting):
        raise ValidationError(
            _("Only a meeting that is planned and not over can be invited to."), code="status"
        )
    if seen is not None and seen != last_invited(meeting):
        raise ValidationError(MEANWHILE, code="meanwhile")
    tell(letters)  # those who are invited now know it already
    members = Membership.objects.current().reachable().filter(group=meeting.group)
    add_members(meeting, members.select_related("organisation", "group"), by=by)
    invited = to_invite(meeting, by=by)[who]
    for participation in invited:
        MeetingInvitation.objects.update_or_create(
            participation=participation,
            defaults={"invited_by": by, "invited_at": timezone.now()},
        )
    notify_each("meetings.invited", invited, by=by, wording=wording)
    record(by, "meetings.invited", meeting, mails=len(invited))
    return len(invited)


def last_invited(meeting: Meeting) -> str:
    """When invitations to it left, in a form of its own; empty if none have."""
    rows = MeetingInvitation.objects.filter(participation__meeting=meeting)
    moment = rows.aggregate(last=Max("invited_at"))["last"]
    return moment.isoformat() if moment else ""


def can_invite(meeting: Meeting) -> bool:
    return meeting.status == Meeting.Status.PLANNED and not is_over(meeting)


def was_invited(participation: Participation) -> bool:
    return hasattr(participation, "invitation")
