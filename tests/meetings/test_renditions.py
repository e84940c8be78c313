"""The sizes of a photo: made by a worker, once, whatever happens meanwhile."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from in4green.common.health import find_problems
from meetings import tasks
from meetings.models import Photo, Rendition
from meetings.models.files import MOST_ATTEMPTS
from meetings.services import files, renditions
from tests.factories import MeetingFactory
from tests.support.uploads import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def uploaded(**options):
    return files.attach_photo(picture(**options), to=MeetingFactory(), by=None)


def sizes(photo):
    return list(photo.renditions.values_list("form", "width", "height"))


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (480, [480]), (1000, [480, 960, 1000]), (1900, [480, 960, 1600])],
)
def test_a_photo_gets_sizes_that_are_not_wider_than_itself(width, widths):
    photo = uploaded(size=(width, width // 2))

    renditions.prepare(photo.pk)

    photo.refresh_from_db()
    assert photo.state == Photo.State.READY
    assert sizes(photo) == [(form, one, one // 2) for form in ("avif", "jpg") for one in widths]
    for one in photo.renditions.all():
        with one.file.open() as file:
            shown = Image.open(io.BytesIO(file.read()))
        assert (shown.format, shown.size) == (one.get_form_display(), (one.width, one.height))


def test_what_was_transparent_becomes_white():
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    upload = picture()
    upload.file, upload.size = file, len(file.getvalue())
    file.seek(0)
    photo = files.attach_photo(upload, to=MeetingFactory(), by=None)

    renditions.prepare(photo.pk)

    with photo.renditions.get(form="jpg").file.open() as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 255, 255)


def test_sizes_are_made_once():
    photo = uploaded()

    renditions.prepare(photo.pk)
    first = sizes(photo)
    renditions.prepare(photo.pk)
    renditions.prepare(photo.pk + 1)

    assert sizes(photo) == first
    assert renditions.photos_to_prepare() == []


def test_what_a_killed_worker_held_is_taken_again_after_its_lease():
    photo = uploaded()
    assert renditions._claim(photo.pk) is not None

    assert renditions.photos_to_prepare() == []
    assert renditions._claim(photo.pk) is None
    Photo.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert renditions.photos_to_prepare() == [photo.pk]


def test_a_photo_that_is_gone_meanwhile_leaves_no_files():
    photo = uploaded()
    claimed = renditions._claim(photo.pk)
    made = renditions._make(claimed)
    name = photo.file.name
    files.delete(photo, by=None)

    renditions._keep(claimed, made)

    assert not Rendition.objects.exists()
    assert default_storage.listdir("meetings") == ([], [name.removeprefix("meetings/")])


def test_a_picture_that_fails_again_and_again_is_left_to_a_person():
    photo = uploaded()
    default_storage.delete(photo.file.name)
    for _attempt in range(MOST_ATTEMPTS):
        Photo.objects.update(next_attempt_at=None)
        with pytest.raises(FileNotFoundError):
            renditions.prepare(photo.pk)

    Photo.objects.update(next_attempt_at=None)
    photo.refresh_from_db()
    assert photo.has_failed
    Photo.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert "photos_waiting" not in find_problems()  # the portal is well; the picture is not
    assert renditions.photos_to_prepare() == []


def test_health_tells_of_pictures_that_nobody_prepares():
    photo = uploaded()
    assert "photos_waiting" not in find_problems()

    Photo.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert "photos_waiting" in find_problems()
    tasks.prepare_photo(photo.pk)
    assert "photos_waiting" not in find_problems()
