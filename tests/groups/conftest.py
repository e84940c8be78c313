import pytest

from groups.models import Topic, User, WorkingGroup
from groups.services.accounts import enrol_totp
from tests.factories import (
    CityFactory,
    MembershipFactory,
    TopicFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.doors import SECRET


@pytest.fixture
def group(db: None, settings) -> WorkingGroup:
    """The portal's own group, with two topics."""
    group = WorkingGroupFactory(
        slug=settings.DEFAULT_GROUP,
        name="In4Green Solingen",
        city=CityFactory(name="Solingen"),
        coordination_address="koordination@solingen.example",
    )
    group.topics.add(TopicFactory(), TopicFactory())
    return group


@pytest.fixture
def topic(group: WorkingGroup) -> Topic:
    return group.topics.first()


@pytest.fixture
def member(group: WorkingGroup) -> User:
    user: User = MembershipFactory(group=group).user
    return user


@pytest.fixture
def coordinator(group: WorkingGroup) -> User:
    """With an authenticator app, as everybody who coordinates."""
    user = coordinator_of(group)
    enrol_totp(user, SECRET)
    return user
