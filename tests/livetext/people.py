"""Members of a group, by what they may do with its notes."""

from groups.models import Membership, User, WorkingGroup
from tests.factories import MembershipFactory

Role = Membership.Role


def editor_of(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group, role=Role.EDITOR).user
    return user


def reader_of(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group, role=Role.READER).user
    return user
