"""Uploads to which nobody came back: deleted after a week, unless that would be too many."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory
from django.utils import timezone

from in4green.common import waiting
from meetings import tasks, upkeep
from meetings.models import Photo
from meetings.models.files import MOST_ATTEMPTS
from meetings.services import files, orphans
from tests.factories import MeetingFactory, MembershipFactory, coordinator_of
from tests.support.uploads import pdf, picture

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7, minutes=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def photos_of(meeting, count, *, old=True, **facts):
    made = [files.attach_photo(picture(), to=meeting, by=None, **facts) for _number in range(count)]
    if old:
        keys = [photo.pk for photo in made]
        Photo.objects.filter(pk__in=keys).update(created_at=timezone.now() - WEEK)
    return made


def lay(name, *, old=True):
    path = default_storage.path(default_storage.save(f"meetings/{name}", ContentFile(b"x")))
    if old:
        moment = (timezone.now() - WEEK).timestamp()
        os.utime(path, (moment, moment))
    return path


def test_what_nobody_has_described_goes_after_a_week(django_capture_on_commit_callbacks):
    meeting = MeetingFactory()
    described = photos_of(meeting, 3, alt="Ein Werk")
    fresh = photos_of(meeting, 1, old=False)
    [forgotten] = photos_of(meeting, 1)
    document = files.attach(pdf(), to=meeting, by=None)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.delete_orphaned_uploads()

    assert set(Photo.objects.all()) == {*described, *fresh}
    assert not default_storage.exists(forgotten.file.name)
    assert default_storage.exists(document.file.name)
    assert (described[0].goes_at, fresh[0].goes_at) == (
        None,
        fresh[0].created_at + timedelta(days=7),
    )


def test_more_than_a_fifth_is_asked_about_instead(django_capture_on_commit_callbacks):
    meeting = MeetingFactory()
    photos_of(meeting, 3, alt="Ein Werk")
    photos_of(meeting, 1)

    assert orphans.delete_orphans() == 0
    assert Photo.objects.count() == 4
    assert orphans.delete_orphans(however_many=True) == 1


def questions(user):
    request = RequestFactory().get("/")
    request.user = user
    return [
        item for item in waiting.items(request) if "picture" in item.text or "Bild" in item.text
    ]


def test_coordination_is_asked_on_the_first_page_of_the_admin():
    meeting = MeetingFactory()
    photos_of(meeting, 1)
    coordinator = coordinator_of(meeting.group)

    [question] = questions(coordinator)

    assert meeting.slug in question.url
    assert not questions(MembershipFactory(group=meeting.group).user)
    assert not questions(coordinator_of(MeetingFactory().group))
    Photo.objects.update(alt="Ein Werk")
    assert not questions(coordinator)


def test_coordination_is_told_of_a_picture_that_cannot_be_prepared():
    meeting = MeetingFactory()
    photos_of(meeting, 1, alt="Ein Werk")
    coordinator = coordinator_of(meeting.group)
    assert not questions(coordinator)

    Photo.objects.update(state=Photo.State.UPLOADED, attempts=MOST_ATTEMPTS)

    [question] = questions(coordinator)
    assert meeting.slug in question.url
    assert not questions(coordinator_of(MeetingFactory().group))


@pytest.mark.parametrize("count", [1, 3])
def test_asking_about_such_pictures_costs_no_more_for_more_of_them(
    count, django_assert_num_queries
):
    meeting = MeetingFactory()
    photos_of(meeting, count, alt="Ein Werk")
    Photo.objects.update(state=Photo.State.UPLOADED, attempts=MOST_ATTEMPTS)
    request = RequestFactory().get("/")
    request.user = coordinator_of(meeting.group)

    with django_assert_num_queries(3):
        assert len(list(upkeep.questions(request))) == 1


def test_files_without_a_row_go_unless_they_are_many():
    for _number in range(4):
        photo = photos_of(MeetingFactory(), 1)[0]
        moment = (timezone.now() - WEEK).timestamp()
        os.utime(photo.file.path, (moment, moment))
    lost, fresh = lay("lost.jpg"), lay("fresh.jpg", old=False)

    assert orphans.delete_files_without_a_row() == 1

    assert not default_storage.exists(lost)
    assert default_storage.exists(fresh)
    assert all(default_storage.exists(photo.file.name) for photo in Photo.objects.all())
    lay("a.jpg"), lay("b.jpg")
    assert orphans.delete_files_without_a_row() == 0
    assert orphans.delete_files_without_a_row(however_many=True) == 2


def test_an_empty_storage_is_no_error():
    assert orphans.delete_files_without_a_row() == 0
