"""The facts that every portal starts with, and the meeting to try things with."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from groups.models import WorkingGroup
from in4green.activity.models import Delivery
from in4green.livetext.archive import reading
from meetings import agreed
from meetings.asked import Asked
from meetings.loading import load_facts
from meetings.models import Attendance, Document, Meeting, Needs, Photo, SiteVisit
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(settings) -> None:
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")


def test_the_networks_meetings_are_there_each_with_its_sources(facts):
    tnm = Meeting.objects.filter(kind="transnational").order_by("ordinal")

    assert list(tnm.values_list("ordinal", "host__name", "precision")) == [
        (1, "Avilés", "day"),
        (2, "Solingen", "year"),
        (3, "Vila Nova de Famalicão", "month"),
        (4, "Larissa", "day"),
        (6, "Salerno", "month"),
    ]
    assert Meeting.objects.count() == 7
    assert all(meeting.sources for meeting in Meeting.objects.all())
    assert all(visit.sources for visit in SiteVisit.objects.all())


def test_the_two_visits_of_solingen_say_what_is_known_and_leave_the_rest_empty(facts):
    plant, workshop = Meeting.objects.get(slug="2024-solingen").visits.order_by("pk")

    assert (plant.name, plant.step_free, plant.group_size) == ("Müllheizkraftwerk", "no", 12)
    assert (workshop.name, workshop.step_free) == ("Gläserne Werkstatt", "yes")
    assert (workshop.other_name, workshop.day_number) == ("Gläserne Werkstadt", 2)
    assert (plant.distance, workshop.group_size, workshop.safety) == (None, None, "")


def test_loading_again_adds_nothing_and_keeps_what_people_wrote(facts):
    Meeting.objects.filter(slug="2025-salerno").update(title="Abschluss in Salerno")

    assert load_facts(WorkingGroup.objects.default()) == 0
    assert Meeting.objects.get(slug="2025-salerno").title == "Abschluss in Salerno"


def test_the_demo_has_a_meeting_that_was_and_one_to_come_that_strangers_do_not_see(facts, settings):
    settings.DEBUG = True

    call_command("load_demo")
    call_command("load_demo")

    held, coming = Meeting.objects.filter(is_public=False).order_by("begins_on")
    assert (coming.group.slug, coming.sessions.count()) == ("solingen", 4)
    assert Needs.objects.filter(participation__meeting=coming).count() == 2
    assert not Needs.objects.filter(participation__meeting=held).exists()
    present = Attendance.objects.filter(participation__meeting=held, state="present")
    assert present.filter(participation__is_guest=True).count() == 1
    left = [(row.number, row.is_overdue) for row in agreed.agenda(coming)]
    assert (left, held.decisions.count()) == ([(1, True), (2, False)], 2)
    for text in held.texts.select_related("text"):
        assert "Härterei" in reading.html(text.text)
    assert held.texts.count() == 2


def test_the_demo_has_invitations_most_of_them_answered_and_no_mail_leaves(facts, settings):
    settings.DEBUG = True
    call_command("load_demo")
    mails = Delivery.objects.filter(notification__kind__startswith="meetings.").count()

    call_command("load_demo")

    asked = Asked(Meeting.objects.get(slug="demo-werkstatt"))
    assert [person.name for person in asked.people if person.answer == "open"] == [
        "Jan Przykład", "Max Muster"
    ]  # fmt: skip
    assert len(asked.people) == 8
    assert mails == 0
    assert all(person.address.endswith(".example") for person in asked.people)


def test_the_demo_has_a_picture_in_each_state_and_a_sheet_for_coordination_alone(facts, settings):
    settings.DEBUG = True
    call_command("load_demo")

    first = Document.objects.get(kind="attendance").created_by
    reader = MembershipFactory(group=WorkingGroup.objects.default()).user
    people = (AnonymousUser(), reader, first)

    assert [Photo.objects.visible_to(user).count() for user in people] == [2, 3, 4]
    assert [Document.objects.visible_to(user).count() for user in people] == [0, 1, 2]
    public = Photo.objects.public()
    assert {photo.owner._meta.model_name for photo in public} == {"sitevisit", "practice"}
    assert all(photo.alt and photo.sources for photo in public)
    assert Photo.objects.filter(alt="").count() == 1
    ids = set(Photo.objects.values_list("pk", flat=True))
    call_command("load_demo")
    assert set(Photo.objects.values_list("pk", flat=True)) == ids
