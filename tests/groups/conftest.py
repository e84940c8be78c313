import pytest

from groups.models import Topic, WorkingGroup
from tests.factories import CityFactory, TopicFactory, WorkingGroupFactory


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
