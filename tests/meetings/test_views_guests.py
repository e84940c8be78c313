"""What a partner city does behind its link, and what it can't."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from in4green.activity.models import Delivery
from meetings.models import Answer, Meeting, Practice
from meetings.services import guests
from tests.factories import (
    ChallengeFactory,
    CityFactory,
    GuestLinkFactory,
    MeetingFactory,
    PracticeFactory,
    SessionFactory,
    UserFactory,
)
from tests.meetings.desks import data_of_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(group):
    return GuestLinkFactory(group=group)


def page(link, *parts: object) -> str:
    return "/".join(["/gast", str(link.pk), link.token, *map(str, parts), ""])


def practice_of(**fields) -> dict:
    return {"title": "Wärme aus dem Kanal", "written_in": "en", "figures": "1", **fields}


def enter_practice(client, link, **fields) -> Practice:
    client.post(page(link, "praxis"), practice_of(**fields))
    return Practice.objects.get(title=fields.get("title", "Wärme aus dem Kanal"))


# --- What a guest does


def test_a_guest_enters_a_practice_comes_back_to_it_and_hands_in(client, link):
    practice = enter_practice(client, link)
    assert practice.title in client.get(page(link)).content.decode()

    known = data_of_sheet(client.get(page(link, "praxis", practice.pk)))
    client.post(page(link, "praxis", practice.pk), known | {"problem": "Abwärme geht verloren"})
    client.post(page(link, "abgeben"))

    practice.refresh_from_db()
    assert (practice.group, practice.city, practice.guest_link) == (link.group, link.city, link)
    assert (practice.state, practice.created_by) == ("draft", None)
    assert practice.problem == "Abwärme geht verloren"
    link.refresh_from_db()
    assert link.state == "finished"
    told = Delivery.objects.filter(notification__kind="guests.handed_in")
    assert link.group.coordination_address in told.values_list("address", flat=True)


def test_a_guest_enters_a_meeting_of_its_city_with_programme_and_visits(client, link):
    sent = {
        "title": "Treffen im Musterwerk",
        "kind": "transnational",
        "begins_on": "2026-05-05",
        "ends_on": "2026-05-06",
        "precision": "day",
        "time_zone": "Europe/Madrid",
        "written_in": "en",
        "sessions": "1",
        "session-0-title": "Rundgang",
        "session-0-kind": "visit",
        "session-0-day": "2026-05-05",
        "visits": "1",
        "visit-0-name": "Musterwerk",
        "visit-0-step_free": "unknown",
    }
    client.post(page(link, "unser-treffen"), sent)

    meeting = Meeting.objects.get()
    assert (meeting.group, meeting.host, meeting.is_public) == (link.group, link.city, False)
    assert list(link.meetings.all()) == [meeting]
    assert meeting.sessions.get().title == "Rundgang"
    assert meeting.visits.get().name == "Musterwerk"
    assert client.get(page(link, "unser-treffen", meeting.pk)).status_code == 200


def test_a_guest_answers_a_public_challenge_once_and_the_answer_waits(client, link):
    practice = enter_practice(client, link)
    challenge = ChallengeFactory(group=link.group, is_public=True)
    sent = {"text": "Wir heizen damit.", "written_in": "en", "practices": practice.pk}
    sent["token"] = str(uuid.uuid4())
    for _n in range(2):
        client.post(page(link, "antwort", challenge.slug), sent)

    answer = Answer.objects.get()
    assert (answer.city, answer.guest_link, answer.is_accepted) == (link.city, link, False)
    assert list(answer.practices.all()) == [practice]
    assert "Wir heizen damit." in client.get(page(link)).content.decode()


def test_nothing_asks_for_a_cookie_and_no_other_site_learns_the_address(client, link):
    for answer in (client.get(page(link)), client.post(page(link, "praxis"), practice_of())):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert not answer.cookies


def test_the_last_use_is_remembered(client, link):
    client.get(page(link))
    link.refresh_from_db()
    assert timezone.now() - link.used_at < timedelta(minutes=1)


# --- Links that open nothing


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, 410, "abgelaufen"),
        ({"revoked_at": timezone.now()}, 410, "zurückgezogen"),
        ({"finished_at": timezone.now()}, 200, "angekommen"),
    ],
)
def test_a_closed_link_says_so_and_shows_what_was_typed_too_late(
    client, group, fields, status, says
):
    link = GuestLinkFactory(group=group, **fields)

    shown = client.get(page(link))
    sent = client.post(page(link, "praxis"), practice_of(problem="Zu spät geschrieben"))

    assert (shown.status_code, sent.status_code) == (status, status)
    assert says in shown.content.decode()
    assert "Zu spät geschrieben" in sent.content.decode()
    assert not Practice.objects.exists()


def test_of_what_came_too_late_only_words_are_shown(client, group):
    link = GuestLinkFactory(group=group, revoked_at=timezone.now())
    sent = {"problem": "Zu spät geschrieben", "kind": "pilot", "seen": '{"problem": "Früher"}'}

    answer = client.post(page(link, "praxis"), sent)

    assert answer.context["typed"] == ["Zu spät geschrieben"]


def test_the_door_takes_no_cookie_for_proof_and_no_other_method(link):
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(page(link, "praxis"), practice_of()).status_code != 403
    assert careful.put(page(link)).status_code == 405


def test_a_forged_token_and_one_from_before_a_renewal_lead_nowhere(client, link, coordinator):
    before = page(link)
    guests.renew(link, until=timezone.now() + timedelta(days=3), by=coordinator)
    forged = page(link).replace(link.token, "x" * 32)

    for address in (before, forged, forged + "praxis/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "nicht gültig" in answer.content.decode()


def test_whoever_asks_too_often_is_told_to_wait_and_loses_nothing(client, link, settings):
    settings.MEETINGS = {**settings.MEETINGS, "GUEST_REQUESTS_PER_HOUR": 1}
    client.get(page(link))

    answer = client.post(page(link, "praxis"), practice_of(problem="In aller Eile geschrieben"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "In aller Eile geschrieben" in answer.content.decode()
    assert not Practice.objects.exists()


# --- What a guest can't


def test_another_city_group_state_or_link_in_the_form_changes_nothing(client, link):
    other = GuestLinkFactory()
    foreign = {
        "city": other.city_id,
        "group": other.group_id,
        "state": "published",
        "guest_link": other.pk,
        "notes": "von fremder Hand",
    }
    practice = enter_practice(client, link, **foreign)

    assert (practice.group, practice.city, practice.guest_link) == (link.group, link.city, link)
    assert (practice.state, practice.notes) == ("draft", "")


def test_what_others_have_entered_is_not_there_for_a_guest(client, link):
    same_group = GuestLinkFactory(group=link.group, city=link.city)
    foreign = PracticeFactory(group=link.group, city=link.city, guest_link=same_group)
    meeting = MeetingFactory(group=link.group, host=link.city)
    hidden = ChallengeFactory(group=link.group)
    elsewhere = ChallengeFactory(is_public=True)

    for parts in (
        ("praxis", foreign.pk),
        ("unser-treffen", meeting.pk),
        ("antwort", hidden.slug),
        ("antwort", elsewhere.slug),
    ):
        assert client.get(page(link, *parts)).status_code == 404
        assert client.post(page(link, *parts), practice_of()).status_code == 404
    shown = client.get(page(link)).content.decode()
    for row in (foreign, meeting, hidden, elsewhere):
        assert row.title not in shown


def test_rows_of_others_in_the_form_stay_as_they_are(client, link):
    practice = enter_practice(client, link)
    theirs = PracticeFactory(group=link.group)
    figure = theirs.figures.create(what="Leistung", value=1)
    known = data_of_sheet(client.get(page(link, "praxis", practice.pk)))
    client.post(
        page(link, "praxis", practice.pk),
        known | {"figure-0-pk": figure.pk, "figure-0-what": "Gekapert", "figure-0-value": "9"},
    )

    figure.refresh_from_db()
    assert (figure.what, figure.practice) == ("Leistung", theirs)


def test_a_practice_of_another_guest_can_not_be_named_in_an_answer(client, link):
    foreign = PracticeFactory(group=link.group)
    challenge = ChallengeFactory(group=link.group, is_public=True)

    answer = client.post(
        page(link, "antwort", challenge.slug),
        {"text": "Seht her.", "written_in": "en", "practices": foreign.pk},
    )

    assert list(answer.context["form"].errors) == ["practices"]
    assert foreign.title not in answer.content.decode()


def test_neither_the_online_link_nor_names_of_members_reach_a_guest(client, link):
    somebody = UserFactory(name="Erika Musterfrau")
    meeting = MeetingFactory(
        group=link.group, host=link.city, online_link="https://geheim.example/", changed_by=somebody
    )
    session = SessionFactory(meeting=meeting, changed_by=somebody)
    link.meetings.add(meeting)
    known = data_of_sheet(client.get(page(link, "unser-treffen", meeting.pk)))
    Meeting.objects.filter(pk=meeting.pk).update(version=2, place="Rathaus")
    type(session).objects.filter(pk=session.pk).update(version=2, room="Saal")

    answer = client.post(
        page(link, "unser-treffen", meeting.pk),
        known | {"place": "Werk", "session-0-room": "Halle", "online_link": "https://x.example/"},
    )

    shown = answer.content.decode()
    assert all(word in shown for word in ("Rathaus", "Saal", "Halle"))
    assert not any(word in shown for word in ("Erika", "geheim"))
    meeting.refresh_from_db()
    assert meeting.online_link == "https://geheim.example/"


@pytest.mark.parametrize("state", ["reviewed", "published"])
def test_what_is_reviewed_is_no_longer_changed_by_the_guest_and_nothing_typed_is_lost(
    client, link, state
):
    practice = enter_practice(client, link)
    known = data_of_sheet(client.get(page(link, "praxis", practice.pk)))
    Practice.objects.update(state=state, reviewed_at=timezone.now(), published_at=timezone.now())

    answer = client.post(page(link, "praxis", practice.pk), known | {"problem": "Zu spät"})

    assert "Zu spät" in answer.content.decode()
    assert Practice.objects.get().problem == ""
    assert client.get(page(link, "praxis", practice.pk)).status_code == 302


def test_an_announced_meeting_is_no_longer_the_guests(client, link):
    meeting = MeetingFactory(group=link.group, host=link.city)
    link.meetings.add(meeting)
    known = data_of_sheet(client.get(page(link, "unser-treffen", meeting.pk)))
    Meeting.objects.update(is_public=True)

    client.post(page(link, "unser-treffen", meeting.pk), known | {"title": "Gekapert"})

    assert Meeting.objects.get().title == meeting.title


def test_through_one_link_only_so_much_is_entered(client, link, monkeypatch):
    monkeypatch.setattr(guests, "MOST_PRACTICES", 1)
    monkeypatch.setattr(guests, "MOST_MEETINGS", 0)
    monkeypatch.setattr(guests, "MOST_ANSWERS", 0)
    challenge = ChallengeFactory(group=link.group, is_public=True)
    enter_practice(client, link)

    more = client.post(page(link, "praxis"), practice_of(title="Eine zu viel"))
    client.post(page(link, "antwort", challenge.slug), {"text": "Ja.", "written_in": "en"})

    assert "Eine zu viel" in more.content.decode()
    assert Practice.objects.count() == 1
    assert not Answer.objects.exists()
    assert client.get(page(link, "unser-treffen")).url == page(link)


def test_huge_texts_are_refused_with_a_word(client, link):
    long = client.post(page(link, "praxis"), practice_of(problem="x" * 4001))
    huge = client.post(page(link, "praxis"), practice_of(problem="x" * 3_000_000))

    assert list(long.context["sheet"].form.errors) == ["problem"]
    assert huge.status_code == 413
    assert not Practice.objects.exists()


def test_two_at_one_practice_see_both_versions(client, link):
    practice = enter_practice(client, link)
    known = data_of_sheet(client.get(page(link, "praxis", practice.pk)))
    client.post(page(link, "praxis", practice.pk), known | {"problem": "Das eine"})
    second = Client().post(page(link, "praxis", practice.pk), known | {"problem": "Das andere"})

    assert "Das eine" in second.content.decode()
    assert "Das andere" in second.content.decode()
    assert Practice.objects.get().problem == "Das eine"


def test_whoever_saves_waits_for_the_others_at_the_link_and_at_the_row(client, link):
    practice = enter_practice(client, link)
    meeting = MeetingFactory(group=link.group, host=link.city)
    link.meetings.add(meeting)
    for parts, table in (
        (("praxis", practice.pk), "meetings_practice"),
        (("unser-treffen", meeting.pk), "meetings_meeting"),
    ):
        known = data_of_sheet(client.get(page(link, *parts)))
        with CaptureQueriesContext(connection) as asked:
            client.post(page(link, *parts), known)
        waits = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
        assert any('FROM "meetings_guestlink"' in sql for sql in waits)
        assert any(f'FROM "{table}"' in sql for sql in waits)


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_a_city_asks_as_often_for_many_as_for_one(
    client, link, count, django_assert_num_queries
):
    for _n in range(count):
        PracticeFactory(group=link.group, guest_link=link)
        link.meetings.add(MeetingFactory(group=link.group))
        ChallengeFactory(group=link.group, is_public=True, city=CityFactory())
    client.get(page(link))

    with django_assert_num_queries(10):
        client.get(page(link))
