"""Coordination invites to a meeting by mail."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, User
from in4green.activity.services import Wording, record
from meetings.models import Meeting, MeetingInvitation, Participation
from meetings.services.participating import add_members, member_of_list
from meetings.services.telling import lock_letters, notify_each, tell
from meetings.timing import is_over

Answer = Participation.Answer


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
def invite(meeting: Meeting, *, who: str, by: User, wording: Wording | None = None) -> int:
    """How many mails; ``who`` is one of ``Who``. Raises ValidationError unless it is ahead.

    Without ``wording`` everybody reads the portal's own words, in the own language.
    """
    letters = lock_letters(meeting)
    meeting = letters.meeting
    if not can_invite(meeting):
        raise ValidationError(
            _("Only a meeting that is planned and not over can be invited to."), code="status"
        )
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


def can_invite(meeting: Meeting) -> bool:
    return meeting.status == Meeting.Status.PLANNED and not is_over(meeting)


def was_invited(participation: Participation) -> bool:
    return hasattr(participation, "invitation")
