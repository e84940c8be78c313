"""The sizes of a photo: made by a worker, so that no page waits. The photo's row is the queue."""

from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from in4green.common.uploads import pictures
from meetings.models import Photo, Rendition

WIDTHS = (480, 960, 1600)
# How each format is written: what cameras show is good enough at these.
OPTIONS = {
    Rendition.Form.AVIF: {"quality": 55, "speed": 8},
    Rendition.Form.JPEG: {"quality": 78, "progressive": True, "optimize": True},
}
# Nobody else takes a photo meanwhile; doubled with every attempt that came to nothing.
LEASE = timedelta(minutes=1)


class Made(NamedTuple):
    form: Rendition.Form
    width: int
    height: int
    content: bytes


def photos_to_prepare() -> list[int]:
    return list(Photo.objects.waiting().order_by("pk").values_list("pk", flat=True))


def prepare(photo_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    photo = _claim(photo_id)
    if photo is not None:
        _keep(photo, _make(photo))


@transaction.atomic
def _claim(photo_id: int) -> Photo | None:
    rows = Photo.objects.waiting().select_for_update(skip_locked=True)
    photo: Photo | None = rows.filter(pk=photo_id).first()
    if photo is not None:
        photo.next_attempt_at = timezone.now() + LEASE * 2**photo.attempts
        photo.attempts += 1
        photo.save(update_fields=["attempts", "next_attempt_at"])
    return photo


def _make(photo: Photo) -> list[Made]:
    made = []
    with photo.file.open("rb") as file, Image.open(file) as picture:
        solid = _on_white(picture)
        for width in _widths(solid.width):
            height = max(1, round(solid.height * width / solid.width))
            smaller = solid.resize((width, height), Image.Resampling.LANCZOS)
            for form, options in OPTIONS.items():
                content = pictures.write(smaller, form.label, **options)
                made.append(Made(form, width, height, content))
    return made


def _widths(width: int) -> list[int]:
    """Never wider than the photo; its own width where that is what there is."""
    return [one for one in WIDTHS if one < width] + ([width] if width <= WIDTHS[-1] else [])


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
    return paper


@transaction.atomic
def _keep(photo: Photo, made: list[Made]) -> None:
    """Unless the photo is gone meanwhile, or somebody else was faster."""
    waiting = Photo.objects.filter(pk=photo.pk, state=Photo.State.UPLOADED)
    if not waiting.select_for_update().exists():
        return
    for one in made:
        size = Rendition(photo=photo, form=one.form, width=one.width, height=one.height)
        size.file.save(f"{uuid4().hex}.{one.form}", ContentFile(one.content))
    waiting.update(state=Photo.State.READY)
