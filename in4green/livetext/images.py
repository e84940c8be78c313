"""Pictures in a text: taken in only as what they show, kept out of the static files."""

from datetime import timedelta
from functools import partial
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

from in4green.common.uploads import pictures
from in4green.livetext.models import LiveText, TextImage, TextProposal, TextSnapshot
from in4green.livetext.owners import Access, access

LARGEST_UPLOAD = pictures.LARGEST  # bytes of a file
MOST_PER_TEXT = 200
ORPHANS_KEPT = timedelta(days=7)


def take_in(text: LiveText, file: UploadedFile, *, by: Any) -> TextImage:
    """Keep a picture for a text. Raises PermissionDenied, and ValidationError with a sentence."""
    if access(by, text) < Access.WRITE:
        raise PermissionDenied("livetext.write")
    if text.images.count() >= MOST_PER_TEXT:
        raise ValidationError(_("This text has too many pictures already."), code="many")
    picture = pictures.clean(file)
    image = TextImage(text=text, uploaded_by=by)
    image.file.save(f"{image.pk.hex}{picture.ending}", ContentFile(picture.content))
    return image


def orphans() -> Any:
    """Pictures older than a week that no kept state of any text shows, and no proposal.

    Where a text has moved on since its last snapshot its pictures are looked at another time.
    """
    states = TextSnapshot.objects.annotate(raw=Cast("content_json", TextField()))
    shown = states.filter(raw__contains=Cast(OuterRef("pk"), TextField()))
    asked = TextProposal.objects.annotate(raw=Cast("content", TextField()))
    proposed = asked.filter(raw__contains=Cast(OuterRef("pk"), TextField()))
    old = TextImage.objects.filter(
        created_at__lt=timezone.now() - ORPHANS_KEPT, text__head_seq=F("text__snapshot_seq")
    )
    return old.exclude(Exists(shown)).exclude(Exists(proposed))


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


def delete_text(text: LiveText) -> None:
    """For good, with its pictures; within a transaction, when nothing owns it any more."""
    for name in text.images.values_list("file", flat=True):
        transaction.on_commit(partial(default_storage.delete, name))
    text.delete()
