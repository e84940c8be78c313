import time
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups import visiting
from in4green.livetext.models import TextUpdate
from in4green.livetext.visitors import may_enter
from tests.factories import NoteFactory, coordinator_of
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
