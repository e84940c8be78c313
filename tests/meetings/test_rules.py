"""Who sees which meetings; list and permission agree."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.models import Membership
from meetings.models import Meeting
from tests.factories import MeetingFactory, MembershipFactory, UserFactory, coordinator_of

pytestmark = pytest.mark.django_db
STATES = {
    "internal": {},
    "announced": {"is_public": True},
    "published": {"published": True},
}


def visitor(who, group):
    match who:
        case "stranger":
            return AnonymousUser()
        case "superuser":
            return UserFactory(is_superuser=True)
        case "other_coordinator":
            return coordinator_of(MeetingFactory().group)
        case "former_member":
            past = {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 1, 2)}
            return MembershipFactory(group=group, **past).user
        case "gone":
            user = UserFactory(is_active=False)
            MembershipFactory(group=group, user=user)
            return user
        case "reader":
            return MembershipFactory(group=group, role=Membership.Role.READER).user
    return coordinator_of(group)


OUTSIDE = ["stranger", "other_coordinator", "former_member", "gone"]
INSIDE = ["reader", "coordinator", "superuser"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_visible_to_agrees_with_the_permission(who, state):
    meeting = MeetingFactory(**STATES[state])
    user = visitor(who, meeting.group)

    listed = Meeting.objects.visible_to(user).contains(meeting)

    assert listed == user.has_perm("meetings.view_meeting", meeting)
    assert listed == (who in INSIDE or state != "internal")


@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_the_inside_is_for_members_and_changing_for_coordination(who):
    meeting = MeetingFactory(is_public=True)
    user = visitor(who, meeting.group)

    assert user.has_perm("meetings.view_inside", meeting) == (who in INSIDE)
    assert user.has_perm("meetings.view_record", meeting) == (who in INSIDE)
    assert user.has_perm("meetings.change_meeting", meeting) == (who in INSIDE and who != "reader")


def test_a_published_record_is_for_everybody():
    meeting = MeetingFactory(published=True)

    assert AnonymousUser().has_perm("meetings.view_record", meeting)
    assert not AnonymousUser().has_perm("meetings.view_inside", meeting)
