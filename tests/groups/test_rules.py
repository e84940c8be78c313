"""Lists and permissions say the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from groups.models import BarrierReport, Membership
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    SignupFactory,
    UserFactory,
    coordinator_of,
)

WHO = {
    "superuser": True,
    "coordinator": True,
    "inactive_coordinator": False,
    "former_coordinator": False,
    "future_coordinator": False,
    "foreign_coordinator": False,
    "editor": False,
    "stranger": False,
}


def person(who, group):
    today = timezone.localdate()
    if who == "superuser":
        return UserFactory(is_superuser=True)
    if who == "coordinator":
        return coordinator_of(group)
    if who == "inactive_coordinator":
        return coordinator_of(group, is_active=False)
    if who == "foreign_coordinator":
        return coordinator_of(SignupFactory().group)
    if who == "editor":
        return MembershipFactory(group=group).user
    if who == "stranger":
        return UserFactory()
    day = timedelta(days=1)
    period = {
        "former_coordinator": {"starts_on": today - 9 * day, "ends_on": today - day},
        "future_coordinator": {"starts_on": today + day},
    }
    return MembershipFactory(group=group, role=Membership.Role.COORDINATOR, **period[who]).user


def rows(group):
    due = timezone.localdate()
    return {
        "interestsignup": SignupFactory(group=group),
        "invitation": InvitationFactory(group=group),
        "membership": MembershipFactory(group=group),
        "workinggroup": group,
        "organisation": OrganisationFactory(city=group.city),
        "barrierreport": BarrierReport.objects.create(
            group=group, description="Kontrast", language="de", due=due
        ),
    }


@pytest.mark.parametrize(("who", "may"), WHO.items())
def test_visible_to_agrees_with_the_permission(group, who, may):
    user = person(who, group)

    for name, row in rows(group).items():
        listed = type(row)._default_manager.visible_to(user).contains(row)
        assert listed == may, name
        assert user.has_perm(f"groups.view_{name}", row) == may, name
        assert user.has_perm(f"groups.change_{name}", row) == may, name


@pytest.mark.parametrize(("who", "may"), WHO.items())
def test_the_admin_opens_for_whoever_coordinates_some_group_today(group, who, may):
    user = person(who, group)

    assert user.is_staff == (may or who == "foreign_coordinator")


def test_anonymous_people_may_nothing(group):
    nobody = AnonymousUser()

    for name, row in rows(group).items():
        assert not nobody.has_perm(f"groups.view_{name}", row)
