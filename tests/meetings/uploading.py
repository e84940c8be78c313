"""Photos and documents that are there already, for tests of their pages."""

from django.core.files.base import ContentFile
from django.utils import timezone

from meetings.models import Photo
from meetings.services import files
from tests.support.uploads import pdf, picture

DESCRIBED = {
    "alt": "Ein gezeichnetes Werk",
    "credit": "Erika Beispiel",
    "licence": Photo.Licence.CC0,
    "people_listed": True,
}


def document_of(owner, **facts):
    return files.attach(pdf(), to=owner, by=None, **facts)


def photo_of(owner, *, state=Photo.State.READY, agreed=(), **facts):
    """``agreed``: for each person, whether they agree."""
    photo = files.attach_photo(picture(), to=owner, by=None, **(DESCRIBED | facts))
    for number, agrees in enumerate(agreed):
        day = timezone.localdate() if agrees else None
        photo.people.create(name=f"Person {number}", consented_on=day)
    Photo.objects.filter(pk=photo.pk).update(state=state)
    photo.refresh_from_db()
    return photo


def sized(photo):
    """With two small sizes, as if a worker had made them."""
    for form in ("avif", "jpg"):
        size = photo.renditions.model(photo=photo, form=form, width=40, height=20)
        size.file.save(f"{photo.uid.hex}.{form}", ContentFile(form.encode()))
    return photo
