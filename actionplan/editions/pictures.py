"""Pictures of an edition: copied, so that they stay when their text loses them."""

import hashlib
import uuid
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from actionplan.models import Edition, EditionPicture
from in4green.livetext.models import TextImage
from in4green.livetext.owners import owner_of


def keep(edition: Edition, addresses: set[str]) -> None:
    """Copy what no earlier edition has shown. Pictures of other groups stay where they are."""
    wanted = {pk for address in addresses if (pk := id_of(address))}
    known = EditionPicture.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    images = TextImage.objects.filter(pk__in=wanted - set(known)).select_related("text")
    for image in images:
        if owner_of(image.text).group_id(image.text) == edition.group_id:
            _copy(edition, image)


def id_of(address: str) -> uuid.UUID | None:
    """Of the picture that is shown under this address of a text; None for any other address."""
    try:
        found = resolve(address)
    except Resolver404:
        return None
    return found.kwargs["pk"] if found.view_name == "text_image" else None


def _copy(edition: Edition, image: TextImage) -> None:
    """Under a name that tells which picture it is: what a broken attempt left is used again."""
    try:
        with image.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return
    name = f"editions/{image.pk.hex}{PurePath(str(image.file.name)).suffix}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    digest = hashlib.sha256(content).hexdigest()
    EditionPicture.objects.create(pk=image.pk, edition=edition, file=name, sha256=digest)
