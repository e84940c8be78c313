"""What a page shows of the files and photos of a meeting or practice."""

from dataclasses import dataclass, field
from typing import Any

from meetings.models import Document, Photo


@dataclass(frozen=True)
class Shown:
    """``is_inside``: a member reads, to whom more than the public's is shown."""

    documents: list[Any] = field(default_factory=list)
    photos: list[Any] = field(default_factory=list)
    is_inside: bool = False
    may_add: bool = False
    may_publish: bool = False

    def __bool__(self) -> bool:
        return bool(self.documents or self.photos or self.is_inside)


def files_of(place: Any, user: Any) -> Shown:
    """As this person may see them; the number of queries does not grow."""
    documents = Document.objects.of_place(place).visible_to(user).with_owner()
    photos = Photo.objects.of_place(place).visible_to(user).with_owner().with_sizes()
    may_publish = user.has_perm("meetings.publish_files", place)
    may_add = may_publish or user.has_perm("meetings.add_files", place)
    is_inside = may_add or user.has_perm("meetings.view_inside", place)
    return Shown(list(documents), list(photos), is_inside, may_add, may_publish)


def scans_of(meeting: Any, user: Any) -> Any:
    """Sheets of attendance that people have signed; nobody but coordination sees any."""
    return Document.objects.of_place(meeting).visible_to(user).signed_sheets().with_owner()
