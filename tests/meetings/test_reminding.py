"""A week and a day before a meeting, by the clock at its place, each once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from meetings.models import Meeting, MeetingInvitation, Participation
from meetings.services.reminding import meetings_to_remind, remind
from meetings.services.telling import note_change
from tests.factories import MeetingFactory, SessionFactory
from tests.meetings.mailing import deliver, invited, on_list, states

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2026, 5, 5)


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, title="Werkstatt", time_zone="Europe/Berlin")
    return meeting


def reminded(at: datetime) -> list[str]:
    """The subjects of the mails that beat makes leave at a time."""
    with time_machine.travel(at, tick=False):
        for meeting_id in meetings_to_remind():
            remind(meeting_id)
        return [message.subject for message in deliver()]


def on(day: int, hour: int = 10, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


WEEK = ["Am Dienstag, 5. Mai: Werkstatt"]
DAY = ["Morgen: Werkstatt"]


def test_a_week_before_and_a_day_before_are_told_once_each(meeting):
    invited(meeting)

    days = [on(27), on(28), on(28, 11), on(29), on(30), *(on(n, month=5) for n in range(1, 7))]
    told = {day: reminded(day) for day in days}

    assert {day: subjects for day, subjects in told.items() if subjects} == {
        on(28): WEEK,
        on(4, month=5): DAY,
    }


def test_a_week_that_was_missed_is_told_up_to_two_days_later(meeting):
    invited(meeting)

    assert reminded(on(30)) == WEEK


def test_a_week_that_was_missed_by_three_days_is_not_told_any_more(meeting):
    invited(meeting)

    assert reminded(on(1, month=5)) == []


def test_nobody_is_told_at_night(meeting):
    invited(meeting)

    assert reminded(on(28, 5)) == []  # seven o'clock in Berlin
    assert reminded(on(28, 6)) == WEEK


def test_days_and_hours_are_those_of_the_place(meeting):
    Meeting.objects.update(time_zone="Pacific/Auckland")
    invited(meeting)

    # Half past ten in the evening of the 27th in Berlin, the morning of the 28th in Auckland.
    assert reminded(datetime(2026, 4, 27, 20, 30, tzinfo=UTC)) == WEEK


def test_the_last_reminder_still_goes_out_on_the_morning_itself(meeting):
    Meeting.objects.update(ends_on=FIRST_DAY)
    SessionFactory(meeting=meeting, starts=time(14), ends=time(16))
    invited(meeting)

    assert reminded(on(5, 7, month=5)) == ["Heute: Werkstatt"]
    assert reminded(on(5, 8, month=5)) == []


def test_nothing_is_told_of_what_has_begun(meeting):
    Meeting.objects.update(ends_on=FIRST_DAY)
    SessionFactory(meeting=meeting, starts=time(9), ends=time(16))
    invited(meeting)

    assert reminded(on(5, 7, month=5)) == []


@pytest.mark.parametrize("fields", [{"precision": "month"}, {"status": "held"}])
def test_a_meeting_without_days_or_that_is_no_longer_planned_reminds_nobody(meeting, fields):
    invited(meeting)
    Meeting.objects.update(**fields)

    with time_machine.travel(on(28), tick=False):
        assert meetings_to_remind() == []
    if "status" in fields:
        with time_machine.travel(on(28), tick=False):
            remind(meeting.pk)
        assert states() == {}


def test_those_who_can_not_come_or_know_nothing_are_left_alone(meeting):
    invited(meeting, answer="not_coming")
    on_list(meeting)
    coming = on_list(meeting, answer="coming")

    with time_machine.travel(on(28), tick=False):
        remind(meeting.pk)
        mails = deliver()

    assert [mail.to for mail in mails] == [[coming.user.email]]


def test_who_was_invited_two_days_ago_is_reminded_on_the_last_day_only(meeting):
    invited(meeting)
    MeetingInvitation.objects.update(invited_at=on(26))

    assert reminded(on(28)) == []
    assert reminded(on(4, month=5)) == DAY


def test_a_meeting_that_moves_reminds_anew(meeting):
    invited(meeting)
    assert reminded(on(28)) == WEEK
    Meeting.objects.update(begins_on=FIRST_DAY + timedelta(1), ends_on=FIRST_DAY + timedelta(1))

    assert reminded(on(29)) == ["Am Mittwoch, 6. Mai: Werkstatt"]


def test_a_change_that_still_waits_is_told_before_the_reminder(meeting):
    invited(meeting)
    note_change(meeting)
    with time_machine.travel(on(28), tick=False):
        Meeting.objects.update(place="Saal 2")
        note_change(meeting)

    assert reminded(on(28)) == ["Geändert: Werkstatt", *WEEK]


@pytest.mark.parametrize("what", ["cancelled", "moved", "declined", "begun"])
def test_a_reminder_that_lay_in_the_queue_is_dropped_once_it_is_wrong(meeting, what):
    person = invited(meeting)
    with time_machine.travel(on(28), tick=False):
        remind(meeting.pk)
    if what == "cancelled":
        Meeting.objects.update(status="cancelled", cancelled_at=on(28))
    elif what == "moved":
        Meeting.objects.update(begins_on=FIRST_DAY + timedelta(1))
    elif what == "declined":
        Participation.objects.filter(pk=person.pk).update(answer="not_coming")

    with time_machine.travel(on(6, month=5) if what == "begun" else on(28, 11), tick=False):
        assert deliver() == []
    assert states() == {"cancelled": 1}


def test_a_reminder_says_what_one_has_answered(meeting):
    invited(meeting)
    invited(meeting, name="Gast", email="gast@example.org", language="en", answer="coming")

    with time_machine.travel(on(28), tick=False):
        remind(meeting.pk)
        guest, member = deliver()

    assert guest.subject == "On Tuesday, 5 May: Werkstatt"
    assert "So far you have said that you are coming." in guest.body
    assert "Sie haben noch nicht geantwortet" in member.body
    assert "Auf die Einladung antworten:" in member.body
