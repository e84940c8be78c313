"""What the database refuses, whoever writes."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from meetings.models import Meeting
from meetings.models.programme import ROOM_TAKEN
from tests.factories import MeetingFactory, SessionFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def settle():
    """What a commit does with constraints that wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def meeting() -> Meeting:
    meeting: Meeting = MeetingFactory()
    return meeting


def test_a_meeting_does_not_end_before_it_begins():
    with refused("meeting_ends_not_before_it_begins"), transaction.atomic():
        MeetingFactory(ends_on=date(2026, 5, 4))


def test_a_published_record_is_public():
    with refused("meeting_record_is_public_once_published"), transaction.atomic():
        MeetingFactory(status=Meeting.Status.PUBLISHED, is_public=False)


@pytest.mark.parametrize(
    ("times", "name"),
    [
        ({"starts": time(10), "ends": time(9)}, "session_ends_after_it_starts"),
        ({"starts": time(10), "ends": time(10)}, "session_ends_after_it_starts"),
        ({"starts": time(10), "ends": None}, "session_has_both_times_or_none"),
        ({"starts": None, "ends": time(10)}, "session_has_both_times_or_none"),
        ({"day": None}, "session_has_both_times_or_none"),
    ],
)
def test_a_sessions_times_make_sense(meeting, times, name):
    with refused(name), transaction.atomic():
        SessionFactory(meeting=meeting, **times)


def test_what_is_not_known_of_a_session_may_be_missing(meeting):
    SessionFactory(meeting=meeting, day=None, starts=None, ends=None)
    settle()


@pytest.mark.parametrize("room", ["Saal 1", "SAAL 1"])
def test_two_sessions_do_not_share_a_room(meeting, room):
    SessionFactory(meeting=meeting, room="Saal 1")

    with refused("session_has_the_room_to_itself"), transaction.atomic():
        SessionFactory(meeting=meeting, room=room, starts=time(9, 59), ends=time(11))
        settle()


@pytest.mark.parametrize(
    "other",
    [
        {"room": "Saal 1", "starts": time(10), "ends": time(11)},
        {"room": "Saal 1", "day": date(2026, 5, 6)},
        {"room": "Saal 2"},
        {"room": ""},
    ],
)
def test_sessions_one_after_the_other_or_elsewhere_do_not_clash(meeting, other):
    SessionFactory(meeting=meeting, room="Saal 1")
    SessionFactory(meeting=MeetingFactory(), room="Saal 1")
    SessionFactory(meeting=meeting, **other)

    settle()


def test_a_taken_room_is_told_in_a_sentence(meeting):
    SessionFactory(meeting=meeting, room="Saal 1")
    second = SessionFactory.build(meeting=meeting, room="Saal 1")

    with pytest.raises(ValidationError) as error:
        second.validate_constraints()

    assert error.value.messages == [str(ROOM_TAKEN)]


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 5, 7)])
def test_a_session_lies_within_its_meeting(meeting, day):
    with refused("session is outside the days"), transaction.atomic():
        SessionFactory(meeting=meeting, day=day)
        settle()


def test_a_meeting_can_not_leave_its_sessions_behind_but_take_them_along(meeting):
    session = SessionFactory(meeting=meeting)
    meeting.begins_on, meeting.ends_on = date(2026, 6, 1), date(2026, 6, 2)
    meeting.save()

    with refused("session is outside the days"), transaction.atomic():
        settle()

    session.day = date(2026, 6, 2)
    session.save()
    settle()


def test_a_time_zone_is_one_that_computers_know(meeting):
    meeting.time_zone = "Europe/Atlantis"

    with pytest.raises(ValidationError) as error:
        meeting.full_clean()

    assert set(error.value.message_dict) == {"time_zone"}
