"""Files that wait to be read: uploaded by people, read by a worker. The row is the queue."""

import logging
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from in4green.common import uploads
from in4green.common.uploads.lost import lost_files
from in4green.livetext.importing import pictures
from in4green.livetext.importing.reading import Unreadable, images_in, read
from in4green.livetext.models import LiveText, TextImport
from in4green.livetext.owners import Access, access

log = logging.getLogger("in4green.livetext")
State, Problem = TextImport.State, TextImport.Problem
ENDINGS = tuple(f".{kind}" for kind in TextImport.Format)
FOLDER = "imports"
# Nobody else reads it meanwhile.
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
# What nobody has taken by then is deleted; before the pictures in it count as orphans.
KEPT = timedelta(days=3)


@transaction.atomic
def upload(text: LiveText, file: UploadedFile, *, by: Any) -> TextImport:
    """Takes the place of what the same person had on its way into this text.

    Raises PermissionDenied, and ValidationError with a sentence for a file that is not taken.
    """
    if access(by, text) < Access.WRITE:
        raise PermissionDenied("livetext.write")
    taken = _checked(file)
    for earlier in TextImport.objects.select_for_update().filter(text=text, by=by):
        discard(earlier)
    kind = PurePosixPath(taken.name).suffix[1:]
    language = get_language() or "de"
    row = TextImport(text=text, by=by, name=taken.title, format=kind, language=language)
    row.file.save(f"{uuid4().hex}.{kind}", taken.content)
    return row


def _checked(file: UploadedFile) -> uploads.Taken:
    ending = PurePosixPath(str(file.name)).suffix.lower()
    if ending == ".docm":
        raise ValidationError(
            _("The file contains macros. Please save it without macros."), code="macros"
        )
    if ending not in ENDINGS:
        raise ValidationError(
            _("Please choose a Word file (.docx) or an OpenDocument text (.odt)."), code="kind"
        )
    return uploads.take_in(file)


@transaction.atomic
def discard(row: TextImport) -> None:
    """With its file, and the pictures that would have come into the text."""
    shown = {node["attrs"]["src"] for node in images_in(row.content)} if row.content else set()
    pictures.delete(row.text, shown)
    _delete_file(row)
    row.delete()


def _delete_file(row: TextImport) -> None:
    if row.file:
        transaction.on_commit(partial(default_storage.delete, str(row.file.name)))
        row.file = ""


def files_to_read() -> list[int]:
    return list(TextImport.objects.waiting().order_by("created_at").values_list("pk", flat=True))


def read_next(import_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    row = _claim(import_id)
    if row is None:
        return
    try:
        content, report = read(row)
    except Unreadable as error:
        _finish(row, state=State.FAILED, problem=error.args[0])
    else:
        _finish(row, state=State.READY, content=content, report=report)


@transaction.atomic
def _claim(import_id: int) -> TextImport | None:
    rows = TextImport.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    row: TextImport | None = rows.select_related("text", "by").filter(pk=import_id).first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        log.error("import %s: whoever read it has ended %s times", row.pk, row.attempts)
        _finish(row, state=State.FAILED, problem=Problem.LONG)
        return None
    row.attempts += 1
    row.next_attempt_at = timezone.now() + LEASE
    row.save(update_fields=["attempts", "next_attempt_at"])
    return row


@transaction.atomic
def _finish(row: TextImport, **result: Any) -> None:
    """Unless it is gone meanwhile, or somebody else was faster. The file is not needed again."""
    waiting = TextImport.objects.filter(pk=row.pk, state=State.WAITING).select_for_update()
    found = waiting.first()
    if found is None:
        return
    for name, value in result.items():
        setattr(found, name, value)
    _delete_file(found)
    found.save()


def delete_old() -> int:
    """What nobody came back to, and files that a transaction left without a row."""
    before = timezone.now() - KEPT
    old = list(TextImport.objects.filter(created_at__lt=before))
    for row in old:
        discard(row)
    for path in lost_files(FOLDER, before):
        default_storage.delete(path)
    return len(old)
