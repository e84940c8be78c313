"""What other programs make of our calendars: read by the parser of Thunderbird, ical.js."""

import json
import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine

from meetings.calendars import calendar_of_meeting
from meetings.models import Meeting
from meetings.notifications.entries import entry_for
from meetings.services.cancelling import cancel_meeting
from meetings.services.entering import move_day, move_meeting
from portal import node
from portal.paths import ROOT
from tests.factories import MeetingFactory, SessionFactory
from tests.meetings.mailing import invited

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).parent / "golden" / "read_calendar.mjs"
ODD = "Ä; b, c\\d: “e” — Łódź Ελλάδα 🌍 " * 12


def read(content: bytes) -> Any:
    """As the other program has it, after a look at what RFC 5545 says of lines."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:  # none is cut within a character
        assert line.decode().isprintable()
    done = subprocess.run(
        [node.program(), PROGRAM, ROOT / "frontend"],
        input=content, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    calendar = json.loads(done.stdout)
    assert (calendar["version"], calendar["product"]) == ("2.0", "-//In4Green//Portal//EN")
    return calendar


def sent(person, method: str = "REQUEST") -> Any:
    """The one event of the entry that goes out now."""
    person = type(person).objects.select_related("meeting__group", "user").get(pk=person.pk)
    calendar = read(entry_for(person, method).content)
    assert calendar["method"] == method
    [event] = calendar["events"]
    return event


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        # The night in which the clock goes back, the night in which it goes ahead.
        ("Europe/Berlin", {"2026-10-24": "07", "2026-10-25": "08", "2026-10-26": "08"}),
        ("Europe/Berlin", {"2026-03-28": "08", "2026-03-29": "07", "2026-03-30": "07"}),
        ("Europe/Lisbon", {"2026-10-24": "08", "2026-10-25": "09"}),
        ("Europe/Athens", {"2027-03-27": "07", "2027-03-28": "06"}),
        ("America/Santiago", {"2026-04-04": "12", "2026-04-05": "13"}),
        ("Pacific/Auckland", {"2026-12-31": "20", "2027-01-01": "20"}),  # of the day before
        ("Asia/Kolkata", {"2026-05-05": "03"}),
    ],
)
def test_each_session_begins_when_the_clock_at_the_place_says_so(group, zone, days):
    first, *_rest, last = [*map(date.fromisoformat, days)] * 2
    meeting = MeetingFactory(group=group, begins_on=first, ends_on=last, time_zone=zone)
    for day in days:
        SessionFactory(meeting=meeting, day=day, starts=time(9), ends=time(10))

    content = calendar_of_meeting(meeting, meeting.sessions.all(), with_link=False)
    calendar = read(content)

    _whole, *sessions = calendar["events"]
    assert calendar["zones"] == [zone]
    assert [session["start"][11:13] for session in sessions] == list(days.values())
    for day, session in zip(days, sessions, strict=True):
        starts = datetime.fromisoformat(session["start"])
        assert abs(starts - datetime.fromisoformat(f"{day}T09:00Z")).total_seconds() <= 13 * 3600
        ends = datetime.fromisoformat(session["end"])
        assert (ends - starts).total_seconds() == 3600


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-29T01:30"),  # half an hour after the change
        ("Europe/Lisbon", date(2026, 3, 29), "2026-03-29T02:30"),
        ("Africa/Casablanca", date(2026, 3, 22), "2026-03-22T02:30"),
    ],
)
def test_the_first_hour_after_the_change_counts_by_the_new_time(group, zone, day, hour):
    meeting = MeetingFactory(group=group, begins_on=day, ends_on=day, time_zone=zone)
    SessionFactory(meeting=meeting, day=day, starts=time(3, 30), ends=time(4, 30))

    calendar = read(calendar_of_meeting(meeting, meeting.sessions.all(), with_link=False))

    assert {event["start"][:16] for event in calendar["events"]} == {hour}


def test_who_works_through_the_night_in_which_the_clock_goes_back_works_an_hour_more(group):
    night = date(2026, 10, 25)
    meeting = MeetingFactory(group=group, begins_on=night, ends_on=night)
    SessionFactory(meeting=meeting, day=night, starts=time(1), ends=time(4))

    calendar = read(calendar_of_meeting(meeting, meeting.sessions.all(), with_link=False))

    for event in calendar["events"]:  # the meeting itself, and its session
        hours = (event["start"][:16], event["end"][:16])
        assert hours == ("2026-10-24T23:00", "2026-10-25T03:00")


def test_whatever_people_write_arrives_as_it_was_written(group):
    meeting = MeetingFactory(
        group=group, title=ODD[:200].strip(), place=ODD[:90].strip(), host=None,
        objective=f"{ODD.strip()}\n\nzweite Zeile\nBEGIN:VEVENT",
    )  # fmt: skip

    [event] = read(calendar_of_meeting(meeting, [], with_link=False))["events"]

    assert event["summary"] == meeting.title
    assert event["location"] == meeting.place
    assert event["description"] == meeting.objective
    assert (event["start"], event["end"]) == ("2026-05-05", "2026-05-07")


def test_each_later_mail_replaces_the_entry_instead_of_adding_one(group, coordinator):
    meeting = MeetingFactory(group=group)
    SessionFactory(meeting=meeting)
    person = invited(meeting)
    entries = []
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=UTC), tick=False) as clock:
        for change in (
            lambda: None,
            lambda: None,  # asked again: nothing has changed
            lambda: move_meeting(meeting, to=date(2026, 6, 9), by=coordinator),
            lambda: move_day(
                Meeting.objects.get(), day=date(2026, 6, 9), to=date(2026, 6, 10), by=coordinator
            ),
        ):
            change()
            entries.append(sent(person))
            clock.shift(60)
        cancel_meeting(meeting, because="", by=coordinator)
        entries.append(sent(person, "CANCEL"))

    assert {entry["uid"] for entry in entries} == {str(meeting.uid)}
    assert [entry["sequence"] for entry in entries] == [0, 0, 1, 2, 3]
    stamps = [entry["stamp"] for entry in entries]
    assert stamps == sorted(set(stamps))
    assert [entry["status"] for entry in entries] == [*["CONFIRMED"] * 4, "CANCELLED"]
    assert [entry["start"] for entry in entries] == [*["2026-05-05"] * 2, *["2026-06-09"] * 3]


@pytest.mark.parametrize(
    ("answer", "status"),
    [("open", "NEEDS-ACTION"), ("coming", "ACCEPTED"), ("online", "ACCEPTED"),
     ("not_coming", "DECLINED")],
)  # fmt: skip
def test_an_entry_names_its_recipient_and_coordination_and_nobody_else(group, answer, status):
    group.coordination_address = "koordination@stadt.example"
    group.save()
    meeting = MeetingFactory(group=group)
    invited(meeting, name="Zweite", email="zweite@example.org")
    person = invited(meeting, name='Ana "Ejemplo"; x', email="ana@example.org", answer=answer)

    event = sent(person)

    [organizer], [attendee] = event["organizer"], event["attendees"]
    assert organizer["address"] == "mailto:koordination@stadt.example"
    assert organizer["cn"] == group.name
    assert attendee["address"] == "mailto:ana@example.org"
    # Quotation marks can't stand in a parameter.
    assert attendee["cn"].replace("'", '"').replace("^'", '"') == 'Ana "Ejemplo"; x'
    assert (attendee["role"], attendee["partstat"]) == ("REQ-PARTICIPANT", status)
    assert attendee["rsvp"] == "FALSE"
