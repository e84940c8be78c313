"""Answering by the link in the mail, without an account."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from in4green.activity.models import LogEntry
from meetings.models import Meeting, Participation
from tests.factories import MeetingFactory, UserFactory
from tests.meetings.mailing import invited, on_list

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(
        group=group, title="Werkstatt", online_link="https://video.example/1"
    )
    return meeting


@pytest.fixture
def guest(meeting) -> Participation:
    return invited(meeting, name="Ana Ejemplo", email="ana@example.org")


def link(person: Participation) -> str:
    return reverse("meeting_mails:answer", args=[person.pk, person.token])


def heading(page) -> str:
    text = unescape(page.content.decode())
    title = text.partition("<title>")[2].partition("·")[0].strip()
    h1 = text.partition("<h1>")[2].partition("</h1>")[0].strip()
    assert title == h1
    return h1


def offered(page) -> list[str]:
    return [choice.value for choice in page.context["choices"]]


def test_opening_the_link_says_that_one_click_is_needed_and_changes_nothing(client, guest):
    pages = [client.get(link(guest)), client.head(link(guest)), client.get(link(guest))]

    assert heading(pages[0]) == "Noch ein Klick: Kommen Sie?"
    assert offered(pages[0]) == ["coming", "online", "not_coming"]
    guest.refresh_from_db()
    assert (guest.answer, guest.answered_at, guest.version) == ("open", None, 1)
    assert not LogEntry.objects.exists()


def test_nothing_behind_the_link_is_kept_or_indexed(client, guest):
    page = client.get(link(guest))

    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies


def test_one_click_answers_and_thanks(client, guest):
    assert "https://video.example/1" not in client.get(link(guest)).content.decode()
    answer = client.post(link(guest), {"answer": "online"})
    page = client.get(answer.url)

    assert 'href="https://video.example/1"' in page.content.decode()

    assert heading(page) == "Ihre Antwort"
    assert "Ana Ejemplo: nimmt online teil" in unescape(page.content.decode())
    guest.refresh_from_db()
    assert (guest.answer, guest.answered_at) == ("online", NOW)
    entry = LogEntry.objects.get()
    assert (entry.action, entry.actor) == ("participations.answered", None)


def test_the_same_answer_again_is_the_same_answer(client, guest):
    for _n in range(2):
        assert client.post(link(guest), {"answer": "coming"}).status_code == 302

    assert LogEntry.objects.count() == 1


def test_another_answer_replaces_the_first(client, guest):
    client.post(link(guest), {"answer": "coming"})
    client.post(link(guest), {"answer": "not_coming"})

    guest.refresh_from_db()
    assert guest.answer == "not_coming"
    assert offered(client.get(link(guest))) == ["coming", "online", "not_coming"]


def test_an_answer_needs_no_cookie_at_all(client, guest):
    client.handler.enforce_csrf_checks = True

    assert client.post(link(guest), {"answer": "coming"}).status_code == 302


@pytest.mark.parametrize("value", ["", "open", "perhaps", "online"])
def test_what_can_not_be_answered_is_refused_and_changes_nothing(client, guest, value):
    Meeting.objects.update(online_link="")

    page = client.post(link(guest), {"answer": value})

    assert "Darauf kann nicht mehr geantwortet werden" in page.content.decode()
    guest.refresh_from_db()
    assert guest.answer == "open"


def test_after_the_meeting_the_link_shows_what_was_answered(client, guest, clock):
    client.post(link(guest), {"answer": "coming"})
    clock.move_to(datetime(2026, 5, 7, 10, tzinfo=UTC))

    page = client.get(link(guest))

    assert heading(page) == "Dieses Treffen ist vorbei"
    assert "Ana Ejemplo: kommt" in page.content.decode()
    assert offered(page) == []
    client.post(link(guest), {"answer": "not_coming"})
    guest.refresh_from_db()
    assert guest.answer == "coming"


def test_whether_it_is_over_goes_by_the_day_at_the_place(client, guest, clock):
    Meeting.objects.update(time_zone="Pacific/Auckland", ends_on=date(2026, 5, 5))
    clock.move_to(datetime(2026, 5, 5, 13, tzinfo=UTC))  # there the next day has begun

    assert heading(client.get(link(guest))) == "Dieses Treffen ist vorbei"


def test_a_cancelled_meeting_says_why_and_takes_no_answer(client, guest):
    Meeting.objects.update(
        status="cancelled", cancelled_at=NOW, cancelled_because="Der Saal ist gesperrt"
    )

    page = client.get(link(guest))

    assert heading(page) == "Dieses Treffen ist abgesagt"
    assert "Der Saal ist gesperrt" in page.content.decode()
    assert offered(page) == []


def test_forged_old_and_unknown_links_answer_alike(client, guest):
    other = invited(guest.meeting, name="Bo", email="bo@example.org")
    token = guest.token
    Participation.objects.filter(pk=guest.pk).update(generation=2)

    wrong = [(guest.pk, token), (guest.pk, other.token), (guest.pk, "ü"), (0, token)]
    answers = [
        getattr(client, verb)(reverse("meeting_mails:answer", args=args))
        for args in wrong
        for verb in ("get", "post")
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_who_has_left_answers_no_more(client, meeting, gone):
    person = invited(meeting)
    assert client.get(link(person)).status_code == 200
    if gone == "left":
        person.user.memberships.update(ends_on=NOW.date() - timedelta(days=1))
    else:
        type(person.user).objects.update(is_active=False)

    assert client.post(link(person), {"answer": "coming"}).status_code == 404
    person.refresh_from_db()
    assert person.answer == "open"


def test_somebody_with_an_account_from_elsewhere_answers_as_a_guest(client, meeting):
    person = on_list(meeting, UserFactory())

    assert client.post(link(person), {"answer": "coming"}).status_code == 302
