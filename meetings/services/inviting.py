"""Coordination invites to a meeting by mail."""

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


def to_invite(meeting: Meeting, *, again: bool, by: User) -> list[Participation]:
    """Whoever is on the list and, not saved yet, the members who are not.

    ``again``: those who were invited before, too.
    """
    memberships = Membership.objects.filter(group=meeting.group)
    members = memberships.current().reachable().select_related("organisation", "group")
    left = set(memberships.exclude(pk__in=members.values("pk")).values_list("user", flat=True))
    listed = meeting.participations.select_related("user", "invitation")
    there = {row.user_id for row in listed}
    new = [member_of_list(meeting, row, by=by) for row in members if row.user_id not in there]
    return new + [
        row
        for row in listed
        if row.address and row.user_id not in left and (again or not was_invited(row))
    ]


@transaction.atomic
def invite(meeting: Meeting, *, again: bool, by: User, wording: Wording | None = None) -> int:
    """How many mails. Raises ValidationError for a meeting that is no longer ahead.

    Without ``wording`` everybody reads the portal's own words, in the own language.
    """
    letters = lock_letters(meeting)
    meeting = letters.meeting
    if meeting.status != Meeting.Status.PLANNED or is_over(meeting):
        raise ValidationError(
            _("Only a meeting that is planned and not over can be invited to."), code="status"
        )
    tell(letters)  # those who are invited now know it already
    members = Membership.objects.current().reachable().filter(group=meeting.group)
    add_members(meeting, members.select_related("organisation", "group"), by=by)
    invited = to_invite(meeting, again=again, by=by)
    for participation in invited:
        MeetingInvitation.objects.update_or_create(
            participation=participation,
            defaults={"invited_by": by, "invited_at": timezone.now()},
        )
    notify_each("meetings.invited", invited, by=by, wording=wording)
    record(by, "meetings.invited", meeting, mails=len(invited))
    return len(invited)


def was_invited(participation: Participation) -> bool:
    return hasattr(participation, "invitation")
