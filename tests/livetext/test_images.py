"""Pictures: taken in as pixels alone, refused if they are anything else, deleted when unseen."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from in4green.livetext import by_form, images
from in4green.livetext.archive import snapshots
from in4green.livetext.models import TextImage
from in4green.livetext.proposals import drafting
from in4green.livetext.tasks import delete_orphaned_pictures
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.test_views_editing import put
from tests.livetext.writing import doc, node, p
from tests.support.uploads import MEDIA, SECRET, huge, picture, positioned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def note():
    return NoteFactory()


@pytest.fixture
def editor(note):
    return editor_of(note.group)


def opened(image):
    with image.file.open() as file:
        return Image.open(io.BytesIO(file.read()))


def upload(client, note, file):
    return client.post(reverse("text:upload", args=[note.text_id]), {"file": file})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_shown_to_whoever_may_read_the_text(client, note, editor, kind, mode):
    client.force_login(editor)

    src = upload(client, note, picture(kind, mode="RGB" if kind == "WEBP" else mode)).json()["src"]
    client.force_login(reader_of(note.group))
    shown = client.get(src)

    content = b"".join(shown.streaming_content)
    assert Image.open(io.BytesIO(content)).format == kind
    assert shown["Content-Type"] == MEDIA[kind]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert "no-store" in shown["Cache-Control"]


def test_place_and_comments_stay_behind_and_the_picture_stands_upright(note, editor):
    file = positioned()
    assert SECRET in file.read()
    file.seek(0)

    image = images.take_in(note.text, file, by=editor)

    with image.file.open() as kept:
        assert SECRET not in kept.read()
    stands = opened(image)
    assert (stands.size, dict(stands.getexif())) == ((20, 40), {})


def test_a_picture_gets_a_name_that_nobody_guesses_in_a_private_place(note, editor):
    image = images.take_in(note.text, picture(name="../../etc/passwd.png"), by=editor)

    assert re.fullmatch(r"texts/[0-9a-f]{32}\.png", image.file.name)
    assert default_storage.path(image.file.name).endswith(f"media/{image.file.name}")


def test_a_large_picture_becomes_as_large_as_a_page_needs(note, editor):
    image = images.take_in(note.text, picture("JPEG", (4000, 1000)), by=editor)

    assert opened(image).size == (2000, 500)


def test_transparency_survives(note, editor):
    image = images.take_in(note.text, picture("PNG", mode="RGBA"), by=editor)

    assert opened(image).mode == "RGBA"


@pytest.mark.parametrize(
    "file",
    [
        picture("GIF"),
        picture("PNG", name="a.jpg"),
        SimpleUploadedFile("a.png", picture("PNG").read(), "text/html"),
        SimpleUploadedFile("a.png", b"<script>alert(1)</script>", "image/png"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        SimpleUploadedFile("a.png", picture("PNG").read()[:60], "image/png"),
        SimpleUploadedFile("a.png", b"", "image/png"),
        huge(),
    ],
    ids=["gif", "name", "type", "script", "svg", "torn", "empty", "bomb"],
)
def test_what_is_no_picture_of_ours_is_refused_in_words(client, note, editor, file):
    client.force_login(editor)
    file.seek(0)

    answer = upload(client, note, file)

    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert not TextImage.objects.exists()


def test_a_picture_without_a_file_is_refused_in_words(client, note, editor):
    client.force_login(editor)

    assert client.post(reverse("text:upload", args=[note.text_id])).status_code == 400


def test_the_number_and_size_of_pictures_are_limited(note, editor, monkeypatch):
    monkeypatch.setattr(images, "MOST_PER_TEXT", 1)
    images.take_in(note.text, picture(), by=editor)
    with pytest.raises(ValidationError):
        images.take_in(note.text, picture(), by=editor)

    monkeypatch.setattr(images, "MOST_PER_TEXT", 9)
    monkeypatch.setattr(images.pictures, "LARGEST", 10)
    with pytest.raises(ValidationError):
        images.take_in(note.text, picture(), by=editor)


def test_a_picture_may_be_larger_than_a_form_but_not_any_size(client, note, editor):
    client.force_login(editor)
    noise = Image.effect_noise((1500, 1500), 90)
    target = io.BytesIO()
    noise.save(target, "PNG")
    large = SimpleUploadedFile("a.png", target.getvalue(), "image/png")
    assert large.size > 1_000_000

    assert upload(client, note, large).status_code == 201
    too_large = SimpleUploadedFile("a.png", b"x" * (13 * 1024 * 1024), "image/png")
    assert upload(client, note, too_large).status_code == 413


def test_only_who_may_write_brings_pictures_and_only_who_may_read_sees_them(client, note, editor):
    image = images.take_in(note.text, picture(), by=editor)
    reader, stranger = reader_of(note.group), MembershipFactory().user

    with pytest.raises(PermissionDenied):
        images.take_in(note.text, picture(), by=reader)
    client.force_login(reader)
    assert upload(client, note, picture()).status_code == 403
    client.force_login(stranger)
    assert upload(client, note, picture()).status_code == 404
    assert client.get(image.get_absolute_url()).status_code == 404
    client.logout()
    assert reverse("account_login") in client.get(image.get_absolute_url()).url


def test_a_file_that_is_gone_is_no_error(client, note, editor):
    image = images.take_in(note.text, picture(), by=editor)
    default_storage.delete(image.file.name)
    client.force_login(editor)

    assert client.get(image.get_absolute_url()).status_code == 404


def age(*found):
    TextImage.objects.filter(pk__in=[image.pk for image in found]).update(
        created_at=timezone.now() - timedelta(days=8)
    )


def show(note, editor, *shown):
    blocks = [node("image", src=image.get_absolute_url(), alt="Bild") for image in shown]
    put(note.text, editor, doc(p("Text"), *blocks))
    snapshots.take(note.text)


def test_what_no_kept_state_shows_goes_after_a_week(
    note, editor, django_capture_on_commit_callbacks
):
    shown, earlier, never, fresh = (
        images.take_in(note.text, picture(), by=editor) for _number in range(4)
    )
    show(note, editor, shown, earlier)
    show(note, editor, shown)
    age(shown, earlier, never)

    with django_capture_on_commit_callbacks(execute=True):
        delete_orphaned_pictures()

    assert set(TextImage.objects.all()) == {shown, earlier, fresh}
    assert not default_storage.exists(never.file.name)
    assert default_storage.exists(earlier.file.name)


def test_a_picture_in_another_text_is_kept_and_so_is_one_that_may_have_come_in_just_now(
    note, editor
):
    elsewhere = NoteFactory(group=note.group)
    pasted, unsaved = (images.take_in(note.text, picture(), by=editor) for _number in range(2))
    show(elsewhere, editor, pasted)
    age(pasted, unsaved)
    put(note.text, editor, doc(p("noch ohne Sicherung")))

    assert images.delete_orphans() == 0


def test_a_picture_that_only_a_proposal_shows_is_kept(note, editor):
    asked, unasked = (images.take_in(note.text, picture(), by=editor) for _number in range(2))
    put(note.text, editor, doc(p("ohne Bild")))
    snapshots.take(note.text)
    begun = drafting.fork(note.text, by_form.base_of(note.text))
    drafting.begin(note.text, begun, doc(node("image", src=asked.get_absolute_url())), by=editor)
    age(asked, unasked)

    assert images.delete_orphans() == 1
    assert TextImage.objects.get() == asked
