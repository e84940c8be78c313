"""A meeting gets other days: what was recorded moves along, and nothing falls off its end."""

from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from meetings.forms.sheet import DAY_IS_RECORDED, SESSION_ADDED_MEANWHILE
from meetings.models import Attendance, Meeting
from meetings.services.entering import move_meeting
from tests.factories import MeetingFactory, ParticipationFactory, SessionFactory
from tests.meetings.attending import DAY, attend
from tests.meetings.desks import data_of_sheet
from tests.meetings.test_views_entering import edit

pytestmark = pytest.mark.django_db
SECOND_DAY = date(2026, 5, 6)


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group)
    return meeting


def recorded() -> list[tuple[date, str]]:
    return sorted(Attendance.objects.exclude(day=None).values_list("day", "state"))


@pytest.mark.parametrize("to", [date(2026, 5, 6), date(2026, 5, 4), date(2027, 1, 1)])
def test_a_meeting_moves_with_the_record_of_who_was_there(meeting, coordinator, to):
    person, session = ParticipationFactory(meeting=meeting), SessionFactory(meeting=meeting)
    elsewhere = ParticipationFactory()
    for one in (person, elsewhere):
        attend(one)
    attend(person, "excused", SECOND_DAY)
    attend(person, "absent", None, session=session)

    move_meeting(meeting, to=to, by=coordinator)

    days = list(person.attendances.exclude(day=None).values_list("day", "state"))
    assert days == [(to, "present"), (to + (SECOND_DAY - DAY), "excused")]
    assert person.attendances.get(session=session).state == "absent"
    assert elsewhere.attendances.get().day == DAY


def test_a_meeting_without_known_days_does_not_move(meeting, coordinator):
    Meeting.objects.update(precision="month")

    with pytest.raises(ValidationError, match="Tage des Treffens"):
        move_meeting(meeting, to=SECOND_DAY, by=coordinator)


@pytest.mark.parametrize(
    "days",
    [{"ends_on": "2026-05-05"}, {"begins_on": "2026-05-07", "ends_on": "2026-05-08"},
     {"precision": "month"}],
)  # fmt: skip
def test_days_for_which_attendance_is_recorded_stay(desk, meeting, days):
    attend(ParticipationFactory(meeting=meeting), day=SECOND_DAY)

    answer = desk.post(edit(meeting), data_of_sheet(desk.get(edit(meeting))) | days)

    assert answer.status_code == 200
    assert DAY_IS_RECORDED % {"day": "6. Mai 2026"} in unescape(answer.content.decode())
    assert recorded() == [(SECOND_DAY, "present")]
    assert desk.post(edit(meeting), data_of_sheet(desk.get(edit(meeting)))).status_code == 302


def test_a_meeting_may_lose_a_day_on_which_nothing_is_recorded(desk, meeting):
    attend(ParticipationFactory(meeting=meeting))

    shorter = data_of_sheet(desk.get(edit(meeting))) | {"ends_on": "2026-05-05"}

    assert desk.post(edit(meeting), shorter).status_code == 302
    assert recorded() == [(DAY, "present")]


def test_a_meeting_does_not_lose_the_day_of_a_session(desk, meeting):
    SessionFactory(meeting=meeting, day=SECOND_DAY)

    shorter = data_of_sheet(desk.get(edit(meeting))) | {"ends_on": "2026-05-05"}
    answer = desk.post(edit(meeting), shorter)

    [error] = answer.context["sheet"].sessions[0].errors["day"]
    assert error == "Dieser Tag liegt außerhalb der Tage des Treffens."
    meeting.refresh_from_db()
    assert meeting.ends_on == SECOND_DAY


def test_a_session_that_was_added_meanwhile_is_told_as_well(desk, meeting):
    shorter = data_of_sheet(desk.get(edit(meeting))) | {"ends_on": "2026-05-05"}
    SessionFactory(meeting=meeting, day=SECOND_DAY, title="Klingen")

    answer = desk.post(edit(meeting), shorter)

    assert answer.status_code == 200
    told = SESSION_ADDED_MEANWHILE % {"title": "Klingen"}
    assert told in unescape(answer.content.decode())


def test_the_page_for_moving_leads_to_the_same(desk, meeting):
    attend(ParticipationFactory(meeting=meeting))

    desk.post(reverse("meetings:move", args=[meeting.slug]), {"what": "", "to": "2026-05-06"})

    assert recorded() == [(SECOND_DAY, "present")]
