"""The own calendar: its page, and what programs read at its secret address."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from in4green.activity.models import LogEntry
from meetings import links
from meetings.models import CalendarLink, Meeting
from meetings.services.subscribing import make_link, switch_off
from tests.factories import MeetingFactory, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("meeting_mails:my_calendar")


@pytest.fixture
def me(client, member) -> Client:
    client.force_login(member)
    return client


def address(user) -> str:
    return urlsplit(links.calendar_url(CalendarLink.objects.get(user=user))).path


def titles(path: str) -> list[str]:
    content = Client().get(path).content
    return [str(event["summary"]) for event in Calendar.from_ical(content).events]


def coming(group, title="Werkstatt", **fields) -> Meeting:
    day = timezone.localdate() + timedelta(days=3)
    meeting: Meeting = MeetingFactory(
        group=group, title=title, begins_on=day, ends_on=day, **fields
    )
    return meeting


# --- Its page ---


def test_the_page_makes_an_address_and_shows_it(me, member):
    assert "address" not in me.get(PAGE).context
    assert not CalendarLink.objects.exists()

    page = me.post(PAGE, {"action": "make"}, follow=True)

    link = CalendarLink.objects.get(user=member)
    assert page.context["address"] == links.calendar_url(link)
    assert page.context["webcal"] == page.context["address"].replace("http", "webcal", 1)
    assert page["Cache-Control"] == "no-store"
    assert LogEntry.objects.filter(actor=member, action="calendar.made").count() == 1


def test_what_the_page_does_not_know_changes_nothing(me):
    assert me.post(PAGE, {"action": "other"}).status_code == 200
    assert not CalendarLink.objects.exists()


def test_a_new_address_ends_the_old_one_at_once(me, member, group):
    coming(group)
    make_link(member)
    old = address(member)
    assert titles(old) == ["Werkstatt"]

    me.post(PAGE, {"action": "make"})

    assert Client().get(old).status_code == 404
    assert titles(address(member)) == ["Werkstatt"]
    assert LogEntry.objects.filter(action="calendar.renewed").count() == 1


def test_switched_off_it_leads_nowhere_until_there_is_a_new_one(me, member):
    make_link(member)
    old = address(member)

    page = me.post(PAGE, {"action": "off"}, follow=True)
    switch_off(member)

    assert "address" not in page.context
    assert Client().get(old).status_code == 404
    assert LogEntry.objects.filter(action="calendar.switched_off").count() == 1
    me.post(PAGE, {"action": "make"})
    assert Client().get(old).status_code == 404
    assert Client().get(address(member)).status_code == 200


# --- What programs read ---


def test_forged_and_unknown_addresses_answer_alike(member):
    other = MembershipFactory().user
    mine, theirs = make_link(member), make_link(other)
    unknown = CalendarLink(user=member)

    for link, token in ((mine, theirs.token), (mine, "x"), (unknown, unknown.token)):
        path = reverse("meeting_mails:personal_calendar", args=[link.pk, token])
        assert Client().get(path).status_code == 404


def test_a_closed_account_has_no_calendar(member):
    make_link(member)
    type(member).objects.update(is_active=False)

    assert Client().get(address(member)).status_code == 404


def test_programs_read_it_without_a_cookie_and_nobody_keeps_it(member, group):
    meeting = coming(group, online_link="https://video.example/1")
    make_link(member)

    answer = Client().get(address(member))

    [event] = Calendar.from_ical(answer.content).events
    assert (event["uid"], event.start) == (str(meeting.uid), meeting.begins_on)
    assert "https://video.example/1" in event["description"]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    assert not answer.cookies
    assert Client().post(address(member)).status_code == 405


def test_it_holds_what_the_person_may_see_today_and_nothing_else(member, group):
    other = MembershipFactory(user=member).group
    coming(group, "eigenes")
    coming(other, "zweite Gruppe")
    coming(MembershipFactory().group, "fremdes", is_public=True)
    MeetingFactory(group=group, title="ohne Tage", precision="month")
    long_ago = timezone.localdate() - timedelta(days=367)
    MeetingFactory(group=group, title="alt", begins_on=long_ago, ends_on=long_ago)
    make_link(member)

    assert sorted(titles(address(member))) == ["eigenes", "zweite Gruppe"]

    yesterday = timezone.localdate() - timedelta(days=1)
    member.memberships.filter(group=other).update(starts_on=yesterday, ends_on=yesterday)
    assert titles(address(member)) == ["eigenes"]


def test_a_cancelled_meeting_stays_and_says_so(member, group):
    coming(group, status="cancelled", cancelled_at=timezone.now())
    make_link(member)

    [event] = Calendar.from_ical(Client().get(address(member)).content).events

    assert event["status"] == "CANCELLED"


def test_who_asks_too_often_is_told_to_wait(member, settings):
    settings.MEETINGS = {**settings.MEETINGS, "CALENDAR_READS_PER_HOUR": 2}
    make_link(member)

    answers = [Client().get(address(member)) for _n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert "in einer Stunde" in answers[2].content.decode()
    other = MembershipFactory().user
    make_link(other)
    assert Client().get(address(other)).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_it_asks_no_more_for_more_meetings(member, group, count, django_assert_num_queries):
    for n in range(count):
        meeting = coming(group, f"Treffen {n}")
        SessionFactory(meeting=meeting, day=meeting.begins_on)
    make_link(member)
    path = address(member)
    Client().get(path)

    with django_assert_num_queries(5):
        assert len(titles(path)) == count
