"""The pictures of a file: taken out of its archive one by one, as the text comes to them."""

import mimetypes
from collections import Counter
from collections.abc import Collection
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from in4green.common.cleaning import clean_line
from in4green.common.uploads import pictures
from in4green.livetext import images
from in4green.livetext.models import LiveText, TextImage

# Stands for words that nobody has written yet, until the content is finished.
WITHOUT_WORDS = "\N{OBJECT REPLACEMENT CHARACTER}"
_REASONS = {"large": "pictures_large", "pixels": "pictures_large", "many": "pictures_many"}


class Pictures:
    """``meet`` is told of each picture of the HTML; ``left_out`` counts why one was not taken."""

    def __init__(self, archive: ZipFile, text: LiveText, by: Any, words: dict[str, str]) -> None:
        self.archive = archive
        self.text = text
        self.by = by
        self.words = words
        self.left_out: Counter[str] = Counter()
        self.known: dict[str, str] = {}

    def meet(self, given: dict[str, str]) -> dict[str, str]:
        """Attributes of the picture in the text; without ``src`` its words stay alone.

        Raises PermissionDenied where the person may no longer write the text.
        """
        place = given.get("src", "")
        said = clean_line(given.get("alt", "")) or self.words.get(place, "")
        if place not in self.known:
            self.known[place] = self._take(place)
        src = self.known[place]
        return {"src": src, "alt": said or (WITHOUT_WORDS if src else "")}

    def _take(self, place: str) -> str:
        try:
            return self._taken(place)
        except ValidationError as error:
            self.left_out[_REASONS.get(str(error.code), "pictures_kind")] += 1
        except KeyError:
            self.left_out["pictures_elsewhere"] += 1
        return ""

    def _taken(self, place: str) -> str:
        """Raises KeyError for what the archive lacks, ValidationError for what is no picture."""
        entry = self.archive.getinfo(f"word/{place}" if place.startswith("media/") else place)
        if entry.file_size > pictures.LARGEST:  # not read at all
            raise ValidationError("", code="large")
        media_type = mimetypes.guess_type(entry.filename)[0] or ""
        name = PurePosixPath(entry.filename).name
        file = SimpleUploadedFile(name, self.archive.read(entry), media_type)
        return images.take_in(self.text, file, by=self.by).get_absolute_url()


def delete(text: LiveText, addresses: Collection[str]) -> None:
    """Those of the text that stand at these addresses, with their files."""
    for image in _at(text, addresses):
        transaction.on_commit(partial(default_storage.delete, str(image.file.name)))
        image.delete()


def move(text: LiveText, addresses: Collection[str], *, to: LiveText) -> None:
    """From one text into another; their addresses stay."""
    for image in _at(text, addresses):
        image.text = to
        image.save(update_fields=["text"])


def _at(text: LiveText, addresses: Collection[str]) -> list[TextImage]:
    there = TextImage.objects.filter(text=text) if addresses else ()
    return [image for image in there if image.get_absolute_url() in addresses]
