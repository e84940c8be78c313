"""What people upload: taken in only as one of a few kinds, checked to the ground, given out safely.

The end of a name decides how a file is looked at, its content whether it is that: pictures are
written anew (``pictures``), documents are walked through (``documents``, ``archives``). Names in
storage are random. Whatever is refused is refused with a sentence for the person.
"""

import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from in4green.common.cleaning import clean_line
from in4green.common.uploads import documents, pictures

LARGEST_FILE = 15 * 1024 * 1024  # bytes; what the proxy lets through is one MiB more
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Taken:
    """A file that may be kept, under a ``name`` that nobody guesses."""

    name: str
    title: str
    media_type: str
    content: File
    size: int
    # Pixels, of a picture.
    width: int | None = None
    height: int | None = None

    @property
    def is_picture(self) -> bool:
        return self.width is not None


def take_in(file: UploadedFile) -> Taken:
    """Raises ValidationError with a sentence for whatever is not to be kept."""
    ending = PurePosixPath(str(file.name)).suffix.lower()
    if (file.size or 0) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 15 MB."), code="large")
    if not file.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if ending in pictures.ENDINGS:
        return _take_picture(file)
    if ending in documents.MEDIA_TYPES:
        documents.check(file, ending)
        file.seek(0)
        return Taken(
            f"{uuid.uuid4().hex}{ending}",
            title_of(file),
            documents.MEDIA_TYPES[ending],
            File(file.file),
            file.size,
        )
    raise ValidationError(
        _(
            "Files of this kind are not taken. Please choose PDF, Word, Excel, PowerPoint,"
            " OpenDocument, PNG, JPEG or WebP."
        ),
        code="kind",
    )


def _take_picture(file: UploadedFile) -> Taken:
    picture = pictures.clean(file)
    return Taken(
        f"{uuid.uuid4().hex}{picture.ending}",
        title_of(file),
        picture.media_type,
        ContentFile(picture.content),
        len(picture.content),
        picture.width,
        picture.height,
    )


def title_of(file: UploadedFile) -> str:
    """The name as a person would write it, without a path and without its ending."""
    name = str(file.name).replace("\\", "/")
    words = clean_line(PurePosixPath(name).stem.replace("_", " "))
    return words[:LONGEST_TITLE] or _("Without a title")
