"""Calendars read by a parser, Atom, JSON and CSV."""

import csv
import io
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from icalendar import Calendar

from meetings.models import Meeting
from tests.factories import CityFactory, MeetingFactory, SessionFactory, SiteVisitFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client, address, *args):
    """The calendar, after a look at the lines: none is longer than 75 bytes, all end in CR LF."""
    response = client.get(reverse(address, args=args))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    return Calendar.from_ical(response.content)


def test_the_feed_has_every_announced_meeting_whose_days_are_known(client, group):
    shown = MeetingFactory(group=group, published=True, title="Ü" * 150, place="Ort; mit, allem")
    MeetingFactory(group=group)
    MeetingFactory(group=group, published=True, precision="month")

    [event] = read(client, "meetings:calendar").events

    assert event["uid"] == str(shown.uid)
    assert (event.start, event.end) == (date(2026, 5, 5), date(2026, 5, 7))
    assert event["summary"] == shown.title
    assert event["location"] == f"Ort; mit, allem, {group.city.name}"
    assert event["sequence"] == 0
    assert abs(event.stamp - shown.changed_at).total_seconds() < 1


def test_a_calendar_to_subscribe_to_has_a_name_and_says_how_often_to_ask(client, group):
    meeting = MeetingFactory(group=group, published=True)

    feed = client.get(reverse("meetings:calendar")).content.decode().split("\r\n")
    one = client.get(reverse("meetings:meeting_calendar", args=[meeting.slug])).content.decode()

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in feed
    assert [line.partition(":")[0] for line in feed if "NAME:" in line] == ["NAME", "X-WR-CALNAME"]
    assert "NAME:" not in one  # Outlook would make a new calendar for it
    assert "REFRESH" not in one


def test_control_characters_never_reach_a_calendar(client, group):
    MeetingFactory(group=group, published=True, title="a\x07b\r\nATTENDEE:x", objective="c\x00"[:1])

    [event] = read(client, "meetings:calendar").events

    assert event["summary"] == "ab ATTENDEE:x"
    assert "attendee" not in event


def test_sessions_carry_the_time_zone_of_the_place_and_its_rules(client, group):
    meeting = MeetingFactory(
        group=group, published=True, time_zone="Europe/Lisbon", host=CityFactory(country="PT")
    )
    session = SessionFactory(meeting=meeting, starts=time(9), ends=time(10, 30))
    SessionFactory(meeting=meeting, day=None, starts=None, ends=None)

    calendar = read(client, "meetings:meeting_calendar", meeting.slug)
    _whole, event = calendar.events

    assert event["uid"] == str(session.uid)
    assert event["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert event.start.astimezone(UTC) == datetime(2026, 5, 5, 8, tzinfo=UTC)
    assert [zone["tzid"] for zone in calendar.timezones] == ["Europe/Lisbon"]


def test_the_night_in_which_the_clock_changes_is_told_rightly(client, group):
    days = {"begins_on": date(2026, 10, 24), "ends_on": date(2026, 10, 25)}
    meeting = MeetingFactory(group=group, published=True, **days)
    for day in (24, 25):
        SessionFactory(meeting=meeting, day=date(2026, 10, day), starts=time(9), ends=time(10))

    calendar = read(client, "meetings:meeting_calendar", meeting.slug)
    _whole, before, after = calendar.events

    assert [event.start.astimezone(UTC).hour for event in (before, after)] == [7, 8]
    [zone] = calendar.timezones
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_atom_names_what_changed_last_first(client, group):
    first = MeetingFactory(group=group, published=True, title="erst")
    MeetingFactory(group=group, published=True, title="dann")
    MeetingFactory(group=group, title="innen")
    first.save()

    feed = ElementTree.fromstring(client.get(reverse("meetings:feed")).content)  # noqa: S314

    assert [entry.findtext("a:title", None, ATOM) for entry in feed.findall("a:entry", ATOM)] == [
        "erst",
        "dann",
    ]
    assert feed.find("a:entry", ATOM).findtext("a:id", None, ATOM) == first.uid.urn


def test_published_records_leave_as_json_and_csv(client, group):
    meeting = MeetingFactory(group=group, published=True, title="=1+1", begins_on=date(2026, 5, 4))
    SessionFactory(meeting=meeting, title="Klingen", notes="Mitschrift")
    SiteVisitFactory(meeting=meeting, name="Musterwerk", step_free="no", group_size=12)
    MeetingFactory(group=group, is_public=True)

    [fact] = client.get(reverse("meetings:json")).json()["meetings"]
    text = client.get(reverse("meetings:csv")).getvalue().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))

    assert (fact["title"], fact["first_day"], fact["number"]) == ("=1+1", "2026-05-04", None)
    assert fact["sessions"][0]["notes"] == "Mitschrift"
    assert (fact["visits"][0]["step_free"], fact["visits"][0]["group_size"]) == ("no", 12)
    assert (row["title"], row["visits"]) == ("'=1+1", "Musterwerk")


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("meetings:calendar", 2), ("meetings:feed", 1), ("meetings:json", 3), ("meetings:csv", 3)],
)
def test_no_feed_asks_more_for_more_meetings(
    client, group, count, address, queries, django_assert_num_queries
):
    for meeting in MeetingFactory.create_batch(count, group=group, published=True):
        SessionFactory(meeting=meeting)

    with django_assert_num_queries(queries):
        client.get(reverse(address)).getvalue()

    assert Meeting.objects.count() == count
