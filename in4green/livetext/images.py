"""Pictures in a text: taken in only as what they show, kept out of the static files.

Whatever a file carries beside its pixels (where it was taken, by which device, hidden contents)
is left behind: pictures are decoded, turned upright, made smaller and written anew.
"""

import io
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from threading import Lock
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from in4green.livetext.models import LiveText, TextImage, TextSnapshot
from in4green.livetext.owners import Access, access

LARGEST_UPLOAD = 12 * 1024 * 1024  # bytes of a file
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000  # pixels, as it is kept
MOST_PER_TEXT = 200
ORPHANS_KEPT = timedelta(days=7)
# What may come in, as the file names itself, and how each is written.
FORMATS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "PNG": ("image/png", (".png",), {"optimize": True}),
    "JPEG": ("image/jpeg", (".jpg", ".jpeg"), {"quality": 85, "progressive": True}),
    "WEBP": ("image/webp", (".webp",), {"quality": 85}),
}
# What files bring about that are no pictures, or more than one can hold.
BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
# A decoded picture takes up to four bytes for each pixel: one at a time in each process.
_decoding = Lock()


def take_in(text: LiveText, file: UploadedFile, *, by: Any) -> TextImage:
    """Keep a picture for a text. Raises PermissionDenied, and ValidationError with a sentence."""
    if access(by, text) < Access.WRITE:
        raise PermissionDenied("livetext.write")
    if text.images.count() >= MOST_PER_TEXT:
        raise ValidationError(_("This text has too many pictures already."), code="many")
    if (file.size or 0) > LARGEST_UPLOAD:
        raise ValidationError(_("The picture is larger than 12 MB."), code="large")
    kind, content = re_encode(file)
    image = TextImage(text=text, uploaded_by=by)
    image.file.save(f"{image.pk.hex}{FORMATS[kind][1][0]}", ContentFile(content))
    return image


def re_encode(file: UploadedFile) -> tuple[str, bytes]:
    """The format and the new bytes. Raises ValidationError for what is not one of ours."""
    with _decoding:
        try:
            with Image.open(file, formats=list(FORMATS)) as picture:
                kind = str(picture.format)
                _check(picture, kind, file)
                return kind, _written(_upright(picture), kind)
        except BROKEN:
            raise _unusable() from None


def _unusable() -> ValidationError:
    return ValidationError(_("Please choose a PNG, JPEG or WebP picture."), code="format")


def _check(picture: Image.Image, kind: str, file: UploadedFile) -> None:
    """Before a single pixel is decoded: name and content agree, and it is not too large."""
    media_type, endings, _options = FORMATS[kind]
    if not str(file.name).lower().endswith(endings) or file.content_type != media_type:
        raise _unusable()
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(_("The picture has more than 50 million pixels."), code="pixels")


def _upright(picture: Image.Image) -> Image.Image:
    """The first frame as the camera was held, no larger than a page needs."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decodes fewer pixels
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    upright = picture if picture.mode == mode else picture.convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _written(picture: Image.Image, kind: str) -> bytes:
    """Pixels alone: a new picture has no comments, profiles, positions."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    target = io.BytesIO()
    clean.save(target, kind, **FORMATS[kind][2])
    return target.getvalue()


def media_type(image: TextImage) -> str:
    ending = PurePath(str(image.file.name)).suffix
    return next(kind for kind, endings, _ in FORMATS.values() if ending in endings)


def orphans() -> Any:
    """Pictures older than a week that no kept state of any text shows.

    Where a text has moved on since its last snapshot its pictures are looked at another time.
    """
    states = TextSnapshot.objects.annotate(raw=Cast("content_json", TextField()))
    shown = states.filter(raw__contains=Cast(OuterRef("pk"), TextField()))
    old = TextImage.objects.filter(
        created_at__lt=timezone.now() - ORPHANS_KEPT, text__head_seq=F("text__snapshot_seq")
    )
    return old.exclude(Exists(shown))


def delete_orphans() -> int:
    """Rows first: a file without a row is only wasted space."""
    deleted = 0
    for image in orphans():
        with transaction.atomic():
            name = str(image.file.name)
            image.delete()
            transaction.on_commit(partial(default_storage.delete, name))
        deleted += 1
    return deleted
