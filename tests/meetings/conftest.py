import pytest
from django.test import Client

from groups.models import User, WorkingGroup
from groups.services.accounts import enrol_totp
from tests.factories import MembershipFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.meetings.desks import signed_in


@pytest.fixture
def group(db: None, settings) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    return group


@pytest.fixture
def member(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group).user
    return user


@pytest.fixture
def coordinator(group: WorkingGroup) -> User:
    user = coordinator_of(group, name="Erika Beispiel")
    enrol_totp(user, SECRET)
    return user


@pytest.fixture
def desk(client: Client, coordinator) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def office(coordinator: User) -> Client:
    """Coordination beside ``client``, which another person has."""
    return signed_in(coordinator)


@pytest.fixture
def writer(member: User) -> Client:
    return signed_in(member)
