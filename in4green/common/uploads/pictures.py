"""Pictures: taken in only as what they show.

Whatever a file carries beside its pixels (where it was taken, by which device, hidden contents)
is left behind: pictures are decoded, turned upright, made smaller and written anew.
"""

import io
from dataclasses import dataclass
from pathlib import PurePath
from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGEST = 12 * 1024 * 1024  # bytes of a file
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000  # pixels, as it is kept
# What may come in, as the file names itself, and how each is written.
FORMATS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "PNG": ("image/png", (".png",), {"optimize": True}),
    "JPEG": ("image/jpeg", (".jpg", ".jpeg"), {"quality": 85, "progressive": True}),
    "WEBP": ("image/webp", (".webp",), {"quality": 85}),
}
ENDINGS = tuple(ending for _type, endings, _options in FORMATS.values() for ending in endings)
# What files bring about that are no pictures, or far more than one can hold.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError)
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# A decoded picture takes up to four bytes for each pixel: one at a time in each process.
_decoding = Lock()


@dataclass(frozen=True)
class Picture:
    kind: str
    content: bytes
    width: int
    height: int

    @property
    def media_type(self) -> str:
        return FORMATS[self.kind][0]

    @property
    def ending(self) -> str:
        return FORMATS[self.kind][1][0]


def media_type(name: str) -> str:
    """Of a picture that was kept under this name."""
    ending = PurePath(name).suffix
    return next(kind for kind, endings, _options in FORMATS.values() if ending in endings)


def clean(file: UploadedFile) -> Picture:
    """Raises ValidationError for what is not one of ours."""
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("The picture is larger than 12 MB."), code="large")
    with _decoding:
        try:
            with Image.open(file, formats=list(FORMATS)) as picture:
                kind = str(picture.format)
                _check(picture, kind, file)
                upright = _upright(picture)
                return Picture(kind, write(upright, kind), *upright.size)
        except BOMB:
            raise _too_many_pixels() from None
        except BROKEN:
            raise _unusable() from None


def _unusable() -> ValidationError:
    return ValidationError(
        _("This is not a whole PNG, JPEG or WebP picture, or not the one that its name says."),
        code="format",
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(_("The picture has more than 50 million pixels."), code="pixels")


def _check(picture: Image.Image, kind: str, file: UploadedFile) -> None:
    """Before a single pixel is decoded: name and content agree, and it is not too large."""
    media_type, endings, _options = FORMATS[kind]
    if not str(file.name).lower().endswith(endings) or file.content_type != media_type:
        raise _unusable()
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()


def _upright(picture: Image.Image) -> Image.Image:
    """The first frame as the camera was held, no larger than a page needs."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decodes fewer pixels
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    upright = picture if picture.mode == mode else picture.convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def write(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Pixels alone: a new picture has no comments, profiles, positions."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    target = io.BytesIO()
    clean.save(target, kind, **(options or FORMATS[kind][2]))
    return target.getvalue()
