"""The list by year and kind, and the page of a meeting."""

import gzip
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from meetings.models import Meeting
from tests.factories import MeetingFactory, SessionFactory, SiteVisitFactory

pytestmark = pytest.mark.django_db
LINK = "https://video.example/raum"


def titles(response) -> list[str]:
    return [meeting.title for meeting in response.context["meetings"]]


def test_the_addresses_are_in_the_readers_language():
    with translation.override("de"):
        assert reverse("meetings:list") == "/treffen/"
    with translation.override("en"):
        assert reverse("meetings:list") == "/en/meetings/"


def test_the_list_shows_strangers_what_is_announced_newest_first(client, group):
    MeetingFactory(group=group, title="alt", published=True, begins_on=date(2024, 1, 1))
    MeetingFactory(group=group, title="neu", is_public=True)
    MeetingFactory(group=group, title="innen")

    assert titles(client.get(reverse("meetings:list"))) == ["neu", "alt"]


def test_a_member_sees_the_groups_own_meetings_too(client, group, member):
    MeetingFactory(group=group, title="innen")
    MeetingFactory(title="fremd")
    client.force_login(member)

    response = client.get(reverse("meetings:list"))

    assert titles(response) == ["innen"]
    assert _("only for the group") in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"year": "2024"}, ["Avilés 2024"]),
        ({"kind": "public_event"}, ["Messe"]),
        ({"year": "2026", "kind": "transnational"}, ["Solingen 2026"]),
        ({"year": "1999", "kind": "unsinn"}, ["Solingen 2026", "Messe", "Avilés 2024"]),
    ],
)
def test_the_list_is_narrowed_by_year_and_kind(client, group, query, found):
    days = {"begins_on": date(2024, 3, 1), "ends_on": date(2024, 3, 2)}
    MeetingFactory(group=group, title="Avilés 2024", published=True, **days)
    MeetingFactory(group=group, title="Messe", kind="public_event", published=True)
    MeetingFactory(group=group, title="Solingen 2026", published=True)

    assert titles(client.get(reverse("meetings:list"), query)) == found


@pytest.mark.parametrize("count", [1, 1000])
def test_the_lists_queries_do_not_grow(client, group, count, django_assert_num_queries):
    made = MeetingFactory.build_batch(count, group=group, published=True, host=group.city)
    Meeting.objects.bulk_create(made)

    with django_assert_num_queries(3):
        response = client.get(reverse("meetings:list"))

    assert response.context["paginator"].count == count


def test_the_next_page_keeps_what_was_chosen(client, group):
    made = MeetingFactory.build_batch(51, group=group, published=True, host=group.city)
    Meeting.objects.bulk_create(made)

    page = client.get(reverse("meetings:list"), {"year": "2026"}).content.decode()

    assert escape("?year=2026&page=2") in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_meetings_page_asks_little_and_is_light(client, group, count, django_assert_num_queries):
    meeting = MeetingFactory(group=group, published=True)
    words = "Abwärme, Klingen und was wir davon mitnehmen. " * 5
    SessionFactory.create_batch(count, meeting=meeting, notes=words)
    SiteVisitFactory.create_batch(count, meeting=meeting, shows=words)

    with django_assert_num_queries(11):
        response = client.get(meeting.get_absolute_url())

    assert len(gzip.compress(response.content)) < 40 * 1024


def test_what_is_unknown_is_said_to_be_not_yet_recorded(client, group):
    meeting = MeetingFactory(
        group=group,
        published=True,
        precision=Meeting.Precision.YEAR,
        begins_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    SessionFactory(meeting=meeting, day=None, starts=None, ends=None)
    SiteVisitFactory(meeting=meeting, step_free="unknown")

    page = client.get(meeting.get_absolute_url()).content.decode()

    assert _("%(when)s (the exact days are not yet recorded)") % {"when": 2024} in page
    assert _("Day not yet recorded") in page
    of_meeting = ("Place", "Languages spoken", "Objective")
    of_visit = (
        "What it shows", "Address", "Organisation", "Step-free", "Distance on foot", "Duration",
        "Largest group", "Minimum age", "Equipment", "Safety and registration",
    )  # fmt: skip
    for names in (of_meeting, of_visit):
        assert " · ".join(map(_, names)) in page


def test_a_meeting_that_is_not_announced_does_not_exist_for_strangers(client, group):
    meeting = MeetingFactory(group=group)

    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_only_members_get_the_online_link(client, group, member):
    meeting = MeetingFactory(group=group, published=True, online_link=LINK)
    addresses = [
        meeting.get_absolute_url(),
        reverse("meetings:meeting_calendar", args=[meeting.slug]),
        reverse("meetings:calendar"),
        reverse("meetings:feed"),
        reverse("meetings:json"),
        reverse("meetings:csv"),
    ]

    assert not [url for url in addresses if LINK.encode() in client.get(url).getvalue()]
    client.force_login(member)
    seen = [url for url in addresses if LINK.encode() in client.get(url).getvalue()]
    assert seen == addresses[:2]


def test_notes_are_public_once_the_record_is_published(client, group):
    meeting = MeetingFactory(group=group, is_public=True)
    SessionFactory(meeting=meeting, notes="Mitschrift", outcomes="Entschluss")

    before = client.get(meeting.get_absolute_url()).content.decode()
    Meeting.objects.update(status=Meeting.Status.PUBLISHED)
    after = client.get(meeting.get_absolute_url()).content.decode()

    assert [word in before for word in ("Mitschrift", "Entschluss")] == [False, False]
    assert [word in after for word in ("Mitschrift", "Entschluss")] == [True, True]


def test_the_programme_is_in_the_order_of_days_and_times(client, group):
    meeting = MeetingFactory(group=group, published=True)
    late = {"starts": time(14), "ends": time(15)}
    SessionFactory(meeting=meeting, title="offen", day=None, starts=None, ends=None)
    SessionFactory(meeting=meeting, title="zweiter Tag", day=date(2026, 5, 6))
    SessionFactory(meeting=meeting, title="Nachmittag", **late)
    SessionFactory(meeting=meeting, title="Morgen")

    days = client.get(meeting.get_absolute_url()).context["days"]

    assert [[session.title for session in sessions] for _day, sessions in days] == [
        ["Morgen", "Nachmittag"],
        ["zweiter Tag"],
        ["offen"],
    ]


def test_what_was_written_in_another_language_is_marked_as_such(client, group):
    meeting = MeetingFactory(group=group, published=True, title="Klingen")

    with translation.override("en"):
        page = client.get(meeting.get_absolute_url()).content.decode()

    assert '<h1 lang="de">Klingen</h1>' in page
