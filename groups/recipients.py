"""Who hears of what concerns a working group."""

from django.utils import timezone

from groups.models import InterestSignup, User, WorkingGroup
from in4green.activity.services import Recipient


def coordination(group: WorkingGroup) -> list[Recipient]:
    """The functional mailbox, each coordinator, and the deputies while coordination is away."""
    people = [
        membership.user for membership in group.memberships.current().coordinators().reachable()
    ]
    if group.absent_until and group.absent_until >= timezone.localdate():
        people += group.deputies.filter(is_active=True)
    mailbox = group.coordination_address.strip()
    return ([Recipient(mailbox, group.language)] if mailbox else []) + [
        recipient(user) for user in people
    ]


def deputies(group: WorkingGroup) -> list[Recipient]:
    return [recipient(user) for user in group.deputies.filter(is_active=True)]


def recipient(user: User) -> Recipient:
    return Recipient(user.email, user.language, user.pk)


def person(signup: InterestSignup) -> list[Recipient]:
    return [Recipient(signup.email, signup.language)]


def groups_nobody_hears() -> list[WorkingGroup]:
    """Groups that take sign-ups which would reach nobody: red in ``/health/ready/``."""
    asking = WorkingGroup.objects.filter(accepts_interest=True).prefetch_related("deputies")
    return [group for group in asking if not coordination(group)]
