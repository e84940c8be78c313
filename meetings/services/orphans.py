"""Uploads to which nobody came back. A run that would delete too much deletes nothing and asks."""

from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from in4green.common.uploads.lost import lost_files, old_files
from meetings.models import Photo
from meetings.models.files import UNDESCRIBED_KEPT
from meetings.services import files

FOLDERS = ("meetings", "printouts")
# Of a table, or of a folder: more than this is no habit but a mistake.
MOST_AT_ONCE = 0.2


def orphans() -> Any:
    """Photos that nobody has described within a week, and so nobody can use."""
    return Photo.objects.undescribed_since(timezone.now() - UNDESCRIBED_KEPT)


def are_too_many(orphaned: int, of: int) -> bool:
    return orphaned > of * MOST_AT_ONCE


def asks() -> int:
    """How many photos a person has to decide about before any of them is deleted."""
    count: int = orphans().count()
    return count if count and are_too_many(count, Photo.objects.count()) else 0


def delete_orphans(*, however_many: bool = False) -> int:
    """How many photos; none if they were too many and nobody has said that this is right."""
    if asks() and not however_many:
        return 0
    found = list(orphans())
    for photo in found:
        files.delete(photo, by=None)
    return len(found)


def delete_files_without_a_row(*, however_many: bool = False) -> int:
    """What a transaction that was rolled back, or a meeting that is gone, left in storage."""
    before = timezone.now() - UNDESCRIBED_KEPT
    there = sum(len(old_files(folder, before)) for folder in FOLDERS)
    lost = [path for folder in FOLDERS for path in lost_files(folder, before)]
    if are_too_many(len(lost), there) and not however_many:
        return 0
    for name in lost:
        default_storage.delete(name)
    return len(lost)
