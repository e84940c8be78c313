import pytest
from django.test import Client

from actionplan.models import Plan
from groups.models import Membership, User, WorkingGroup
from groups.services.accounts import enrol_totp
from tests.factories import MembershipFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.meetings.desks import signed_in
from tests.plan_factories import PlanFactory


@pytest.fixture
def group(db: None, settings) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    return group


@pytest.fixture
def plan(group: WorkingGroup) -> Plan:
    plan: Plan = PlanFactory(group=group)
    return plan


@pytest.fixture
def member(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group).user
    return user


@pytest.fixture
def reader(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group, role=Membership.Role.READER).user
    return user


@pytest.fixture
def coordinator(group: WorkingGroup) -> User:
    user = coordinator_of(group, name="Erika Beispiel")
    enrol_totp(user, SECRET)
    return user


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """Where coordination sits."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def writer(client: Client, member: User) -> Client:
    """Where a member sits."""
    client.force_login(member)
    return client


@pytest.fixture
def other(group: WorkingGroup) -> Client:
    """Somebody else who writes at the same time."""
    return signed_in(MembershipFactory(group=group, user__name="Max Muster").user)
