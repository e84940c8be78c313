"""A meeting is cancelled or changes: who hears of it, when, and in which words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from in4green.activity.models import Delivery, LogEntry
from meetings.models import Correspondence, Meeting
from meetings.services.cancelling import cancel_meeting, reinstate_meeting
from meetings.services.entering import move_day, move_meeting
from meetings.services.telling import changes_to_tell, note_change, tell_change
from tests.factories import MeetingFactory, SessionFactory
from tests.meetings.mailing import deliver, entry_of, in_minutes, invited, on_list, states

pytestmark = pytest.mark.django_db
Status = Meeting.Status


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, title="Werkstatt", place="Saal 1", host=None)
    note_change(meeting)
    return meeting


def change(meeting: Meeting, **fields: object) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    note_change(meeting)


def told(traveller) -> list:
    """The mails that leave once it has been quiet."""
    in_minutes(traveller, 11)
    for meeting_id in changes_to_tell():
        tell_change(meeting_id)
    return deliver()


# --- Cancelling ---


def test_a_cancelled_meeting_keeps_its_day_and_reason_and_stays_visible(meeting, coordinator):
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)

    cancelled = cancel_meeting(meeting, because="Saal gesperrt", by=coordinator)

    assert (cancelled.status, cancelled.cancelled_because) == (Status.CANCELLED, "Saal gesperrt")
    assert cancelled.cancelled_at == datetime(2026, 4, 1, 10, tzinfo=UTC)
    assert list(Meeting.objects.public()) == [cancelled]
    assert LogEntry.objects.about(meeting).get().action == "meetings.cancelled"


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED])
def test_only_a_planned_meeting_can_be_cancelled(meeting, coordinator, status):
    at = datetime(2026, 4, 1, tzinfo=UTC) if status == Status.CANCELLED else None
    Meeting.objects.filter(pk=meeting.pk).update(status=status, cancelled_at=at)

    with pytest.raises(ValidationError, match="geplantes"):
        cancel_meeting(meeting, because="", by=coordinator)


def test_only_a_cancelled_meeting_takes_place_after_all(meeting, coordinator):
    with pytest.raises(ValidationError, match="nicht abgesagt"):
        reinstate_meeting(meeting, by=coordinator)


def test_no_meeting_is_cancelled_without_a_time(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)


def test_who_was_invited_hears_that_it_is_cancelled_and_why(meeting, coordinator, clock):
    invited(meeting)

    cancel_meeting(meeting, because="Saal gesperrt", by=coordinator)
    [mail] = told(clock)

    assert mail.subject == "Abgesagt: Werkstatt"
    assert "Geplant war: 5. Mai bis 6. Mai 2026" in mail.body
    assert "Der Grund: Saal gesperrt" in mail.body
    entry = entry_of(mail)
    assert (entry["method"], entry["status"]) == ("CANCEL", "CANCELLED")
    assert (entry["uid"], entry["sequence"]) == (str(meeting.uid), 1)


def test_who_can_not_come_need_not_hear_that_it_is_cancelled(meeting, coordinator, clock):
    invited(meeting, answer="not_coming")

    cancel_meeting(meeting, because="", by=coordinator)

    assert told(clock) == []


def test_taken_back_within_the_quiet_minutes_nobody_hears_of_it(meeting, coordinator, clock):
    invited(meeting)

    cancel_meeting(meeting, because="", by=coordinator)
    in_minutes(clock, 5)
    reinstate_meeting(meeting, by=coordinator)

    assert Correspondence.objects.get().tell_at is None
    assert told(clock) == []


def test_later_it_is_told_that_it_takes_place_after_all(meeting, coordinator, clock):
    invited(meeting)
    cancel_meeting(meeting, because="", by=coordinator)
    told(clock)

    reinstate_meeting(meeting, by=coordinator)
    [mail] = told(clock)

    assert mail.subject == "Findet doch statt: Werkstatt"
    assert "Wo: Saal 1" in mail.body
    entry = entry_of(mail)
    assert (entry["method"], entry["status"], entry["sequence"]) == ("REQUEST", "CONFIRMED", 2)


# --- Changes ---


def test_a_change_says_only_what_is_different_now(meeting, clock):
    person = invited(meeting, answer="coming")

    change(meeting, place="Saal 2")
    [mail] = told(clock)

    assert (mail.to, mail.subject) == ([person.user.email], "Geändert: Werkstatt")
    assert "Wo\nbisher: Saal 1\njetzt: Saal 2" in mail.body
    assert "Wann" not in mail.body
    assert "Sie haben bisher gesagt, dass Sie kommen. Wenn" in mail.body
    assert "Meine Antwort ansehen:" in mail.body
    assert entry_of(mail)["location"] == "Saal 2"


def test_other_days_of_the_meeting_move_its_entry(meeting, coordinator, clock):
    invited(meeting)

    move_meeting(meeting, to=date(2026, 6, 9), by=coordinator)
    [mail] = told(clock)

    assert "bisher: 5. Mai bis 6. Mai 2026\njetzt: 9. Juni bis 10. Juni 2026" in mail.body
    entry = entry_of(mail)
    assert (entry.start, entry.end, entry["sequence"]) == (date(2026, 6, 9), date(2026, 6, 11), 1)


def test_the_hours_of_a_single_day_are_those_of_its_sessions(meeting, coordinator, clock):
    Meeting.objects.filter(pk=meeting.pk).update(ends_on=meeting.begins_on)
    session = SessionFactory(meeting=meeting, starts=time(9), ends=time(12))
    Correspondence.objects.update(told={})
    note_change(meeting)
    invited(meeting)

    session.starts = time(10)
    session.save()
    note_change(meeting)
    [mail] = told(clock)

    assert "bisher: Dienstag, 5. Mai 2026, 09:00 bis 12:00 Uhr (Ortszeit Berlin)" in mail.body
    assert "jetzt: Dienstag, 5. Mai 2026, 10:00 bis 12:00 Uhr (Ortszeit Berlin)" in mail.body
    assert entry_of(mail).start.astimezone(UTC) == datetime(2026, 5, 5, 8, tzinfo=UTC)


def test_a_day_of_the_programme_that_moves_raises_the_sequence(meeting, coordinator):
    SessionFactory(meeting=meeting)

    move_day(meeting, day=date(2026, 5, 5), to=date(2026, 5, 6), by=coordinator)

    meeting.refresh_from_db()
    assert (meeting.version, meeting.sequence) == (1, 1)


def test_changes_of_some_minutes_become_one_mail(meeting, clock):
    invited(meeting)

    change(meeting, place="Saal 2")
    in_minutes(clock, 9)
    assert changes_to_tell() == []
    change(meeting, place="Saal 3", online_link="https://video.example/1")
    in_minutes(clock, 9)
    assert changes_to_tell() == []
    [mail] = told(clock)

    assert "bisher: Saal 1\njetzt: Saal 3" in mail.body
    assert "Link für die Teilnahme online\nbisher: –\njetzt: https://video.example/1" in mail.body
    assert told(clock) == []


def test_what_was_changed_back_is_not_told(meeting, clock):
    invited(meeting)

    change(meeting, place="Saal 2")
    change(meeting, place="Saal 1")

    assert told(clock) == []


def test_what_does_not_matter_to_those_who_come_is_not_told(meeting, clock):
    invited(meeting)

    change(meeting, objective="Neues Ziel", languages=["de"], is_public=True)

    assert told(clock) == []


def test_a_change_told_is_not_told_again_by_the_next_one(meeting, clock):
    invited(meeting)
    change(meeting, place="Saal 2")
    told(clock)

    change(meeting, online_link="https://video.example/1")
    [mail] = told(clock)

    assert "Saal" not in mail.body.partition("-- \n")[0].replace("Saal 2", "")
    assert "Wo\n" not in mail.body


def test_only_those_who_know_of_the_meeting_hear_of_changes(meeting, clock):
    on_list(meeting)
    by_themselves = on_list(meeting, answer="online")
    guest = invited(meeting, name="Gast", email="gast@example.org", language="en")
    nameless = invited(meeting, name="Nur ein Name", email="")
    assert not nameless.address

    change(meeting, place="Saal 2")
    mails = told(clock)

    assert [mail.to for mail in mails] == [["gast@example.org"], [by_themselves.user.email]]
    assert mails[0].subject == "Changed: Werkstatt"
    assert guest.name in mails[0].body


def test_who_can_not_come_hears_of_other_days_alone(meeting, coordinator, clock):
    invited(meeting, answer="not_coming")

    change(meeting, place="Saal 2")
    assert told(clock) == []
    move_meeting(meeting, to=date(2026, 6, 9), by=coordinator)

    [mail] = told(clock)
    assert "9. Juni" in mail.body


@pytest.mark.parametrize(
    "fields", [{"begins_on": date(2025, 5, 5), "ends_on": date(2025, 5, 6)}, {"status": "held"}]
)
def test_what_is_written_down_afterwards_is_no_news(meeting, clock, fields):
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    note_change(meeting)
    invited(meeting)

    change(meeting, place="Saal 2")

    assert told(clock) == []


def test_days_that_are_no_longer_known_take_the_entry_back(meeting, clock):
    invited(meeting)

    change(meeting, precision="month")
    [mail] = told(clock)

    assert "jetzt: Mai 2026 (die genauen Tage stehen noch nicht fest)" in mail.body
    assert entry_of(mail)["method"] == "CANCEL"
    change(meeting, place="Saal 2")
    [mail] = told(clock)
    assert len(mail.alternatives) == 1


def test_who_has_left_the_group_hears_nothing_more(meeting, clock):
    person = invited(meeting)
    person.user.memberships.update(
        starts_on=date(2026, 3, 1), ends_on=date(2026, 4, 1) - timedelta(days=1)
    )

    change(meeting, place="Saal 2")

    assert told(clock) == []
    assert states() == {"cancelled": 1}


def test_a_mail_that_is_tried_again_says_the_same(meeting, clock):
    invited(meeting)
    change(meeting, place="Saal 2")
    [first] = told(clock)
    Delivery.objects.update(state="queued", sent_at=None)
    change(meeting, place="Saal 3")

    [again] = deliver()

    assert again.body == first.body
    assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]


# --- The record ---


def test_a_published_record_is_told_once(meeting, clock):
    person = invited(meeting)

    change(meeting, status="published", is_public=True)
    [mail] = told(clock)
    change(meeting, objective="Nachtrag")

    assert mail.to == [person.user.email]
    assert mail.subject == "Jetzt veröffentlicht: das Protokoll von „Werkstatt“"
    assert meeting.get_absolute_url() in mail.body
    assert told(clock) == []


def test_a_record_that_is_taken_back_is_not_told(meeting, clock):
    invited(meeting)

    change(meeting, status="published", is_public=True)
    change(meeting, status="held")

    assert told(clock) == []
