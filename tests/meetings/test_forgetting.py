"""Needs go soon after a meeting, attendance when auditors have no claim to it any more."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from in4green.activity.models import LogEntry
from meetings.models import Attendance, Document, Needs, Participation
from meetings.services import forgetting
from tests.factories import MeetingFactory, ParticipationFactory, SessionFactory
from tests.meetings.uploading import document_of

pytestmark = pytest.mark.django_db


def person_at(day: date) -> Participation:
    meeting = MeetingFactory(begins_on=day, ends_on=day)
    person: Participation = ParticipationFactory(meeting=meeting)
    Needs.objects.create(participation=person, diet="vegan")
    Attendance.objects.create(participation=person, day=day, state="present")
    return person


def test_needs_are_deleted_two_weeks_after_the_meeting():
    today = timezone.localdate()
    person_at(today - timedelta(days=15))
    kept = person_at(today - timedelta(days=14))

    assert forgetting.delete_old_needs() == 1

    assert Needs.objects.get().participation == kept
    assert Participation.objects.count() == 2
    assert LogEntry.objects.get().action == "participations.needs_deleted_after_period"


def test_attendance_is_kept_as_long_as_funding_law_asks():
    person_at(date(2023, 10, 24))

    with time_machine.travel("2031-12-31 12:00:00Z"):
        assert forgetting.delete_old_attendance(confirmed=True) == 0
    with time_machine.travel("2032-01-01 12:00:00Z"):
        assert forgetting.delete_old_attendance(confirmed=True) == 1
    assert not Participation.objects.exists()


@time_machine.travel("2032-01-01 12:00:00Z")
def test_more_than_a_fifth_waits_until_a_person_confirms():
    person_at(date(2023, 10, 24))
    recent = person_at(date(2031, 10, 24))

    assert forgetting.delete_old_attendance() == 0
    assert LogEntry.objects.get().action == "attendance.deletion_waits_for_confirmation"
    call_command("delete_old_attendance")

    assert Participation.objects.get() == recent


@time_machine.travel("2032-01-01 12:00:00Z")
def test_a_fifth_is_deleted_by_itself():
    person_at(date(2023, 10, 24))
    for _person in range(4):
        person_at(date(2031, 10, 24))

    assert forgetting.delete_old_attendance() == 1


@time_machine.travel("2032-01-01 12:00:00Z")
def test_signed_sheets_go_with_the_attendance_they_prove_and_nothing_else_does():
    old, recent = date(2023, 10, 24), date(2031, 10, 24)
    meeting = MeetingFactory(begins_on=old, ends_on=old)
    session = SessionFactory(meeting=MeetingFactory(begins_on=old, ends_on=old), day=old)
    sheets = [document_of(owner, kind="attendance") for owner in (meeting, session)]
    kept = [document_of(meeting), document_of(meeting, kind="consent")]
    kept.append(document_of(MeetingFactory(begins_on=recent, ends_on=recent), kind="attendance"))

    forgetting.delete_old_attendance()
    assert Document.objects.count() == len(sheets + kept)  # a fifth would be exceeded
    forgetting.delete_old_attendance(confirmed=True)

    assert set(Document.objects.all()) == set(kept)
