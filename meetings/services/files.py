"""What happens to documents and photos. The right was asked for before; each is one transaction.

attach(file, to=meeting, by=user, kind=Document.Kind.ATTENDANCE)   a document, also if it is
                                                                   the picture of a sheet
attach_photo(file, to=practice, by=user, alt="…", caption="…")     a photo, not yet published
attach_any(file, to=visit, by=user)                                whichever it is
"""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from in4green.common.uploads import Taken, take_in
from meetings.models import Document, Meeting, Photo, PhotoPerson, Practice, Session, SiteVisit

Owner = Meeting | Session | SiteVisit | Practice
FIELDS: dict[type, str] = {
    Meeting: "meeting",
    Session: "session",
    SiteVisit: "visit",
    Practice: "practice",
}
MOST_PER_OWNER = 300


def attach(file: UploadedFile, *, to: Owner, by: User | None, **facts: Any) -> Document:
    """``facts``: title, kind, language. Raises ValidationError with a sentence."""
    return _attach_document(take_in(file), to, by, facts)


def attach_photo(file: UploadedFile, *, to: Owner, by: User | None, **facts: Any) -> Photo:
    """``facts``: what is said of the photo already. Raises ValidationError with a sentence."""
    taken = take_in(file)
    if not taken.is_picture:
        raise ValidationError(_("This is not a picture."), code="kind")
    return _attach_photo(taken, to, by, facts)


def attach_any(
    file: UploadedFile, *, to: Owner, by: User | None, kind: str = ""
) -> Document | Photo:
    """``kind``: of documents, of which a picture is then a scan."""
    if kind:
        return attach(file, to=to, by=by, kind=kind)
    taken = take_in(file)
    if taken.is_picture:
        return _attach_photo(taken, to, by, {})
    return _attach_document(taken, to, by, {})


@transaction.atomic
def _attach_document(taken: Taken, to: Owner, by: User | None, facts: dict[str, Any]) -> Document:
    said = {"title": taken.title, "language": get_language() or "", **facts}
    document = Document(**_of(taken, to, by), **said)
    _store(document, taken, by)
    return document


@transaction.atomic
def _attach_photo(taken: Taken, to: Owner, by: User | None, facts: dict[str, Any]) -> Photo:
    size = {"width": taken.width, "height": taken.height}
    photo = Photo(**_of(taken, to, by), **size, **facts)
    _store(photo, taken, by)
    return photo


def _of(taken: Taken, to: Owner, by: User | None) -> dict[str, Any]:
    return {
        FIELDS[type(to)]: to,
        "media_type": taken.media_type,
        "size": taken.size,
        "created_by": by,
        "changed_by": by,
    }


def _store(row: Document | Photo, taken: Taken, by: User | None) -> None:
    """A file whose row is rolled back has no row: ``services.orphans`` finds it."""
    siblings = type(row).objects.filter(**{FIELDS[type(row.owner)]: row.owner})
    if siblings.count() >= MOST_PER_OWNER:
        raise ValidationError(_("There are 300 of them here already."), code="many")
    row.full_clean(exclude=["file"])
    row.file.save(taken.name, taken.content)
    record(by, f"meetings.{row._meta.model_name}_added", row)


@transaction.atomic
def save(form: Any, *, by: User) -> Any:
    """Of a valid form, whose row was read under a lock."""
    row = form.keep(by=by)
    record(by, f"meetings.{row._meta.model_name}_changed", row)
    return row


@transaction.atomic
def save_photo(sheet: Any, *, by: User) -> None:
    save(sheet.form, by=by)
    sheet.people.save()


@transaction.atomic
def publish_photo(photo: Photo, *, by: User) -> None:
    """Raises ValidationError as long as something is missing."""
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    if not photo.is_ready:
        raise ValidationError(_("The picture is still being prepared."), code="waiting")
    if not all(person.agrees for person in photo.people.all()):
        raise ValidationError(_("Not everybody in the picture has agreed."), code="consent")
    photo.state = Photo.State.PUBLISHED
    photo.validate_constraints()
    _change(photo, by, "published")


@transaction.atomic
def take_down_photo(photo: Photo, *, by: User) -> None:
    """From the public pages; the group still has it."""
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    if photo.is_published:
        photo.state = Photo.State.READY
        _change(photo, by, "taken_down")


def _change(photo: Photo, by: User, what: str) -> None:
    photo.version += 1
    photo.changed_by = by
    photo.save()
    record(by, f"meetings.photo_{what}", photo)


@transaction.atomic
def withdraw_consent(person: PhotoPerson, *, by: User) -> None:
    """Nobody but coordination sees the picture from now on."""
    changed = PhotoPerson.objects.filter(pk=person.pk, withdrawn_at=None)
    if changed.update(withdrawn_at=timezone.now()):
        record(by, "meetings.consent_withdrawn", person.photo)


@transaction.atomic
def delete(row: Document | Photo, *, by: User | None) -> None:
    """With all its sizes. Files go once nothing can bring the row back."""
    names = [row.file.name]
    if isinstance(row, Photo):
        names += row.renditions.values_list("file", flat=True)
    record(by, f"meetings.{row._meta.model_name}_deleted", row)
    row.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, str(name)))


def keep_with_meeting(part: Session | SiteVisit) -> None:
    """Before a part of a meeting is removed: what was uploaded for it stays with the meeting."""
    field = FIELDS[type(part)]
    for rows in (Document.objects, Photo.objects):
        rows.filter(**{field: part}).update(**{field: None, "meeting": part.meeting_id})
