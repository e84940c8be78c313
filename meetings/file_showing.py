"""What a page shows of the files and photos of a meeting or practice."""

from dataclasses import dataclass, field
from typing import Any

from meetings.models import Document, Photo


@dataclass(frozen=True)
class Shown:
    """``may_add`` also says that a member reads: more than the public's is shown."""

    documents: list[Any] = field(default_factory=list)
    photos: list[Any] = field(default_factory=list)
    may_add: bool = False
    may_publish: bool = False

    def __bool__(self) -> bool:
        return bool(self.documents or self.photos or self.may_add)


def files_of(place: Any, user: Any) -> Shown:
    """As this person may see them; the number of queries does not grow."""
    documents = Document.objects.of_place(place).visible_to(user).with_owner()
    photos = Photo.objects.of_place(place).visible_to(user).with_owner().with_sizes()
    return Shown(
        list(documents),
        list(photos),
        user.has_perm("meetings.add_files", place),
        user.has_perm("meetings.publish_files", place),
    )
