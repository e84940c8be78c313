"""Lessons: drawn from practices and visits, found, cited, shown to everybody by coordination."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership
from in4green.activity.models import LogEntry
from meetings.models import Lesson
from tests.factories import (
    LessonFactory,
    MeetingFactory,
    MembershipFactory,
    PracticeFactory,
    SiteVisitFactory,
    TopicFactory,
)
from tests.meetings.desks import data_of, signed_in

pytestmark = pytest.mark.django_db
LIST = "/praktiken/erkenntnisse/"
NEW = "/praktiken/erkenntnisse/neu/"


def of(lesson: Lesson, name: str) -> str:
    return reverse(f"lessons:{name}", args=[lesson.pk])


def found(client, **choice) -> list[str]:
    return [lesson.because for lesson in client.get(LIST, choice).context["lessons"]]


# --- Finding and reading


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(
    client, group, count, django_assert_num_queries
):
    for _n in range(count):
        LessonFactory(practice__group=group, practice__published=True, is_public=True)

    with django_assert_num_queries(4):
        response = client.get(LIST)

    assert len(response.context["lessons"]) == count


def test_lessons_are_narrowed_by_kind_topic_and_city(client, group):
    topic = TopicFactory()
    practice = PracticeFactory(group=group, published=True, topics=[topic])
    LessonFactory(practice=practice, is_public=True, because="da", verdict=Lesson.Verdict.DONT)
    other = LessonFactory(practice__published=True, is_public=True, because="dort")

    assert found(client, verdict="dont") == ["da"]
    assert found(client, topic=topic.slug) == ["da"]
    assert found(client, city=other.city.slug) == ["dort"]
    assert found(client, verdict="?") == ["dort", "da"]


def test_a_lesson_of_a_visit_is_found_by_what_was_seen_there(client, group):
    topic, drafted = TopicFactory(), TopicFactory()
    visit = SiteVisitFactory(meeting=MeetingFactory(group=group, is_public=True))
    PracticeFactory(group=group, published=True, topics=[topic]).visits.add(visit)
    PracticeFactory(group=group, topics=[drafted]).visits.add(visit)
    LessonFactory(
        practice=None, visit=visit, group=group, city=group.city, is_public=True, because="vor Ort"
    )

    assert found(client, topic=topic.slug) == ["vor Ort"]
    assert found(client, topic=drafted.slug) == []  # nobody learns what is being written


def test_strangers_find_what_is_shown_of_what_is_public(client, writer, group):
    LessonFactory(practice__group=group, is_public=True, because="Entwurf")
    LessonFactory(practice__group=group, practice__published=True, because="innen")

    assert found(client) == []
    assert found(writer) == ["innen", "Entwurf"]


def test_a_lesson_has_an_address_of_its_own_with_the_way_that_led_to_it(client, group):
    meeting = MeetingFactory(group=group, published=True)
    visit = SiteVisitFactory(meeting=meeting)
    practice = PracticeFactory(group=group, published=True, visits=[visit])
    lesson = LessonFactory(practice=practice, is_public=True, because="Es fehlt ein Netz.")

    page = client.get(f"/praktiken/erkenntnisse/{lesson.pk}/").content.decode()

    assert "Es fehlt ein Netz." in page
    for address in (
        meeting.get_absolute_url(),
        f"{meeting.get_absolute_url()}#visit-{visit.pk}",
        practice.get_absolute_url(),
    ):
        assert f'href="{address}"' in page
    assert 'content="noindex"' not in page


def test_a_lesson_of_an_inner_visit_is_for_the_group(client, writer, group):
    visit = SiteVisitFactory(meeting__group=group)
    lesson = LessonFactory(practice=None, visit=visit, group=group, is_public=True)

    assert client.get(lesson.get_absolute_url()).status_code == 404
    page = writer.get(lesson.get_absolute_url()).content.decode()
    assert 'content="noindex"' in page
    assert f'href="{visit.meeting.get_absolute_url()}#visit-{visit.pk}"' in page


# --- Drawing one


def test_an_editor_draws_a_lesson_from_a_practice_seen_at_a_visit(writer, member, group):
    visit = SiteVisitFactory(meeting__group=group)
    practice = PracticeFactory(group=group, visits=[visit])
    address = f"{NEW}?practice={practice.slug}"
    sent = data_of(writer.get(address)) | {
        "verdict": "adapt",
        "because": "Passt.",
        "visit": visit.pk,
    }

    response = writer.post(address, sent)

    lesson = Lesson.objects.get()
    assert response.url == lesson.get_absolute_url()
    assert (lesson.practice, lesson.visit, lesson.city) == (practice, visit, group.city)
    assert (lesson.changed_by, lesson.is_public) == (member, False)
    assert LogEntry.objects.about(lesson).get().action == "lessons.entered"


def test_an_editor_draws_a_lesson_from_a_visit_alone(writer, group):
    visit = SiteVisitFactory(meeting__group=group)
    address = f"{NEW}?visit={visit.pk}"
    sent = data_of(writer.get(address)) | {"verdict": "dont", "because": "Zu teuer."}

    writer.post(address, sent)

    assert Lesson.objects.get().visit == visit


def test_a_foreign_draft_that_was_seen_there_is_not_offered(writer, group):
    visit = SiteVisitFactory(meeting__group=group)
    PracticeFactory(title="Fremder Entwurf", visits=[visit])
    PracticeFactory(title="Eigener Entwurf", group=group, visits=[visit])

    page = writer.get(f"{NEW}?visit={visit.pk}").content.decode()

    assert ("Eigener Entwurf" in page, "Fremder Entwurf" in page) == (True, False)


def test_the_pages_of_visit_and_practice_lead_to_drawing_one(writer, client, group):
    visit = SiteVisitFactory(meeting=MeetingFactory(group=group, published=True))
    practice = PracticeFactory(group=group, published=True)
    ways = {
        visit.meeting.get_absolute_url(): f'href="{NEW}?visit={visit.pk}"',
        practice.get_absolute_url(): f'href="{NEW}?practice={practice.slug}"',
    }

    for address, link in ways.items():
        assert link in writer.get(address).content.decode()
        assert link not in client.get(address).content.decode()


def test_only_what_one_sees_can_be_drawn_from(writer, group):
    foreign = SiteVisitFactory()

    assert writer.get(NEW).url == LIST
    assert writer.get(f"{NEW}?practice={PracticeFactory().slug}").status_code == 404
    assert writer.get(f"{NEW}?visit={foreign.pk}").status_code == 404
    assert writer.get(f"{NEW}?visit=x").status_code == 404


def test_a_lesson_from_a_foreign_practice_belongs_to_the_own_group(writer, group):
    practice = PracticeFactory(published=True)
    address = f"{NEW}?practice={practice.slug}"

    writer.post(address, data_of(writer.get(address)) | {"verdict": "adapt", "because": "Passt."})

    assert Lesson.objects.get().group == group


def test_readers_draw_nothing(group):
    reader = signed_in(MembershipFactory(group=group, role=Membership.Role.READER).user)
    practice = PracticeFactory(group=group)

    assert reader.get(f"{NEW}?practice={practice.slug}").status_code == 403
    assert NEW not in reader.get(practice.get_absolute_url()).content.decode()


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(writer, group):
    practice = PracticeFactory(group=group)
    address = f"{NEW}?practice={practice.slug}"
    sent = data_of(writer.get(address)) | {"because": "Es fehlt ein Netz."}

    response = writer.post(address, sent)

    assert list(response.context["form"].errors) == ["verdict"]
    assert "Es fehlt ein Netz." in response.content.decode()


# --- Changing


def test_whoever_saves_second_sees_both_and_loses_nothing(writer, group):
    lesson = LessonFactory(practice__group=group, because="alt", verdict="adapt")
    mine = data_of(writer.get(of(lesson, "edit"))) | {"because": "meins"}
    theirs = data_of(writer.get(of(lesson, "edit"))) | {"because": "ihres", "verdict": "dont"}
    assert writer.post(of(lesson, "edit"), theirs).status_code == 302

    second = writer.post(of(lesson, "edit"), mine)
    assert "ihres" in second.content.decode()
    assert writer.post(of(lesson, "edit"), data_of(second)).status_code == 302

    lesson.refresh_from_db()
    assert (lesson.because, lesson.verdict) == ("meins", "dont")


def test_a_lesson_is_about_a_practice_or_a_visit_still_after_a_change(writer, group):
    lesson = LessonFactory(practice__group=group)
    sent = data_of(writer.get(of(lesson, "edit"))) | {"practice": "", "visit": ""}

    response = writer.post(of(lesson, "edit"), sent)

    assert _("A lesson is drawn from a practice or from a visit.") in unescape(
        response.content.decode()
    )


def test_coordination_shows_a_lesson_and_then_editors_change_it_no_more(
    office, writer, client, group
):
    lesson = LessonFactory(practice__group=group, practice__published=True)
    assert writer.post(of(lesson, "show"), {"public": "yes"}).status_code == 403
    assert office.get(of(lesson, "show")).status_code == 405

    office.post(of(lesson, "show"), {"public": "yes"})
    assert client.get(lesson.get_absolute_url()).status_code == 200
    for name in ("edit", "remove"):
        assert writer.post(of(lesson, name)).status_code == 403
        assert office.get(of(lesson, name)).status_code == 200

    office.post(of(lesson, "show"), {"public": "no"})
    assert client.get(lesson.get_absolute_url()).status_code == 404
    log = LogEntry.objects.about(lesson).order_by("pk").values_list("action", flat=True)
    assert list(log) == ["lessons.shown", "lessons.hidden"]


def test_coordination_reads_why_a_lesson_is_not_public_yet(office, group):
    lesson = LessonFactory(practice__group=group, is_public=True)

    page = unescape(office.get(lesson.get_absolute_url()).content.decode())

    assert _("Everybody sees this lesson. Only coordination changes it now.") not in page
    assert _("Show it to the group alone") in page


def test_a_lesson_is_removed_after_one_was_asked(writer, group):
    lesson = LessonFactory(practice__group=group)
    number = str(lesson.pk)
    assert lesson.because in writer.get(of(lesson, "remove")).content.decode()
    assert Lesson.objects.exists()

    response = writer.post(of(lesson, "remove"))

    assert response.url == lesson.practice.get_absolute_url()
    assert not Lesson.objects.exists()
    assert LogEntry.objects.filter(subject_id=number, action="lessons.removed").exists()
