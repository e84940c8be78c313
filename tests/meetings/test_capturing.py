"""Practices captured on a phone: few words, there once however often they are sent."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from in4green.activity.models import LogEntry
from meetings.models import Practice
from tests.factories import MeetingFactory, MembershipFactory, SiteVisitFactory

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def visit(group):
    return SiteVisitFactory(meeting=MeetingFactory(group=group))


@pytest.fixture
def phone(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def address(meeting) -> str:
    return reverse("meetings:capture", args=[meeting.slug])


def typed(seen, **fields) -> dict:
    city = seen.meeting.group.city_id
    known = {"title": "Wärme aus dem Kanal", "visit": seen.pk, "city": city}
    return {**known, "capture_token": str(uuid.uuid4()), **fields}


def test_a_few_words_become_a_draft_of_the_visit(phone, visit, member):
    page = phone.get(address(visit.meeting), {"visit": visit.pk})
    answer = phone.post(address(visit.meeting), typed(visit, notes="Frau Muster fragen"))

    assert page.context["form"]["visit"].value() == str(visit.pk)
    practice = Practice.objects.get()
    assert answer.url == practice.get_absolute_url()
    assert list(practice.visits.all()) == [visit]
    assert (practice.group, practice.state) == (visit.meeting.group, "draft")
    assert (practice.created_by, practice.notes) == (member, "Frau Muster fragen")
    assert LogEntry.objects.filter(action="practices.captured", actor=member).count() == 1


def test_what_is_sent_twice_is_there_once(phone, visit):
    sent = typed(visit)
    answers = [phone.post(address(visit.meeting), sent, headers=JSON) for _n in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Practice.objects.count() == 1


def test_words_added_before_the_phone_heard_of_the_first_time_are_kept(phone, visit):
    sent = typed(visit)
    phone.post(address(visit.meeting), sent)
    phone.post(address(visit.meeting), {**sent, "solution": "Wärmetauscher"})

    assert Practice.objects.get().solution == "Wärmetauscher"


def test_what_was_changed_at_a_desk_is_not_overwritten_from_the_phone(phone, visit):
    sent = typed(visit)
    phone.post(address(visit.meeting), sent)
    Practice.objects.update(version=2, problem="Vom Schreibtisch")

    answer = phone.post(address(visit.meeting), {**sent, "problem": "Vom Telefon"}, headers=JSON)

    assert answer.status_code == 200
    assert "Vom Telefon" in answer.content.decode()
    assert answer.context["form"].non_field_errors()
    assert Practice.objects.get().problem == "Vom Schreibtisch"


@pytest.mark.parametrize("changed", [{"state": "reviewed"}, {"created_by": None}])
def test_a_phone_changes_neither_what_is_reviewed_nor_what_others_have_captured(
    phone, visit, changed
):
    sent = typed(visit)
    phone.post(address(visit.meeting), sent)
    Practice.objects.update(**changed, reviewed_at="2026-01-01T00:00:00Z")

    answer = phone.post(address(visit.meeting), {**sent, "problem": "Vom Telefon"})

    assert answer.status_code == 200
    assert Practice.objects.get().problem == ""


def test_whoever_guesses_the_token_of_a_capture_is_not_led_to_it(phone, visit):
    sent = typed(visit)
    phone.post(address(visit.meeting), sent)
    Practice.objects.update(created_by=None)

    answer = phone.post(address(visit.meeting), sent, headers=JSON)

    assert answer.status_code == 200
    assert Practice.objects.get().slug not in answer.content.decode()


def test_without_a_title_nothing_is_saved_and_nothing_typed_is_lost(phone, visit):
    answer = phone.post(address(visit.meeting), typed(visit, title=" ", problem="Abwärme"))

    assert list(answer.context["form"].errors) == ["title"]
    assert "Abwärme" in answer.content.decode()
    assert "data-checked" in answer.content.decode()
    assert not Practice.objects.exists()


def test_a_visit_of_another_meeting_is_refused(phone, visit):
    other = SiteVisitFactory(meeting=MeetingFactory(group=visit.meeting.group))

    answer = phone.post(address(visit.meeting), typed(visit, visit=other.pk))

    assert list(answer.context["form"].errors) == ["visit"]


def test_who_does_not_write_captures_nothing(client, group, visit):
    MembershipFactory(group=group, role=Membership.Role.READER, user__email="r@example.org")
    reader = Membership.objects.get(role=Membership.Role.READER).user
    meeting = visit.meeting
    meeting.is_public = True
    meeting.save()

    signed_out = client.post(address(meeting), typed(visit))
    client.force_login(reader)

    assert signed_out.status_code == 302
    assert client.post(address(meeting), typed(visit)).status_code == 403
    assert "festhalten" not in client.get(meeting.get_absolute_url()).content.decode()
    assert not Practice.objects.exists()


def test_notes_stay_with_the_group(client, phone, visit):
    phone.post(address(visit.meeting), typed(visit, notes="Telefonnummer von Frau Muster"))
    Practice.objects.update(
        state="published", reviewed_at="2026-01-01T00:00:00Z", published_at="2026-01-01T00:00:00Z"
    )
    page = Practice.objects.get().get_absolute_url()
    exports = [reverse(f"practices:{name}") for name in ("json", "csv", "feed")]

    assert "Telefonnummer" in phone.get(page).content.decode()
    for path in (page, *exports):
        answer = client.get(path)
        assert "Telefonnummer" not in answer.getvalue().decode()


def test_a_capture_asks_as_often_for_many_visits_as_for_one(
    phone, visit, django_assert_num_queries
):
    phone.get(address(visit.meeting))
    with django_assert_num_queries(8) as few:
        phone.get(address(visit.meeting))
    SiteVisitFactory.create_batch(3, meeting=visit.meeting)
    with django_assert_num_queries(len(few)):
        phone.get(address(visit.meeting))
