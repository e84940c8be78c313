import time
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups import visiting
from groups.models import Membership, User
from groups.writing import role_in
from in4green.common.ready import together
from in4green.livetext.models import TextUpdate
from in4green.livetext.visitors import may_enter
from tests.factories import MembershipFactory, NoteFactory, coordinator_of
from tests.livetext.talking import write

pytestmark = pytest.mark.django_db


def session(minutes_ago=0, hours_since_sign_in=1):
    now = int(time.time())
    return {
        visiting.SIGNED_IN_KEY: now - hours_since_sign_in * 3600,
        visiting.SEEN_KEY: now - minutes_ago * 60,
        visiting.SECOND_FACTOR_KEY: True,
    }


@pytest.mark.parametrize(
    ("minutes", "hours", "comes_in"), [(29, 1, True), (31, 1, False), (0, 9, False)]
)
def test_sockets_obey_the_limits_of_pages(group, coordinator, member, minutes, hours, comes_in):
    assert may_enter(coordinator, session(minutes, hours)) == comes_in
    assert may_enter(member, session(minutes, hours))


def test_a_second_factor_is_asked_of_staff_alone(group, coordinator, member):
    without = {**session(), visiting.SECOND_FACTOR_KEY: False}

    assert may_enter(coordinator, without)  # who has one
    assert may_enter(member, without)
    assert not may_enter(coordinator_of(group), without)


def test_whoever_writes_in_a_text_is_not_idle_but_stays_no_longer_than_a_day(group, coordinator):
    text = NoteFactory(group=group).text
    write(text, coordinator, "Ich schreibe")

    assert may_enter(coordinator, session(minutes_ago=45))
    assert not may_enter(coordinator, session(minutes_ago=45, hours_since_sign_in=9))

    TextUpdate.objects.update(at=timezone.now() - timedelta(minutes=31))
    assert not may_enter(coordinator, session(minutes_ago=45))


def test_a_coordinator_who_has_written_for_an_hour_is_still_signed_in(group, coordinator, client):
    text = NoteFactory(group=group).text
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(coordinator)
        client.get(reverse("member:home"))
        clock.shift(timedelta(minutes=55))
        write(text, coordinator, "Ich schreibe")
        TextUpdate.objects.update(at=timezone.now())  # the database has a clock of its own
        clock.shift(timedelta(minutes=5))

        assert client.get(reverse("member:home")).status_code == 200


@pytest.mark.parametrize("role", Membership.Role.values)
@pytest.mark.parametrize(("starts", "ends"), [(-9, None), (-9, 0), (-9, -1), (1, None)])
def test_roles_that_are_known_of_many_are_those_that_one_is_asked_for(group, role, starts, ends):
    today = timezone.localdate()
    person = MembershipFactory(
        group=group,
        role=role,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    ).user
    again = User.objects.get(pk=person.pk)

    know_roles([again])

    assert again.known_roles is not None
    assert role_in(group.pk, again) == role_in(group.pk, person)
    assert role_in(group.pk + 1, again) is None
    assert again.is_staff == person.is_staff


def know_roles(users):
    [tell] = together(visiting.know_roles([user.pk for user in users]))
    for user in users:
        tell(user)


def test_roles_of_many_are_known_by_one_query(group, django_assert_num_queries):
    people = [MembershipFactory(group=group).user for _ in range(3)]

    with django_assert_num_queries(1):
        know_roles(people)
        assert [role_in(group.pk, person) for person in people] == [Membership.Role.EDITOR] * 3
        assert not any(person.is_staff for person in people)
