"""Old automatic versions: one a day is enough, and what somebody has made or named stays for ever.

Each version names those who wrote since the one before it: what goes hands its names on to the
next one, so that it is known who has written what even when the log of that time is gone.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone

from in4green.livetext.archive.versions import LARGE
from in4green.livetext.models import LiveText, TextVersion

LETTERS = Length("snapshot__plain_text")


@transaction.atomic
def thin_versions(text: LiveText) -> None:
    """Of two automatic ones of a day the later stays, unless much was deleted in between."""
    for version, following in list(_superfluous(text)):
        following.authors.add(*version.authors.all())
        version.delete()


def _superfluous(text: LiveText) -> Iterator[tuple[Any, Any]]:
    """Each with the one that comes after it, oldest first."""
    before = timezone.now() - settings.LIVETEXT["VERSIONS_KEPT"]
    rows = TextVersion.objects.filter(text=text, created_at__lt=before)
    rows = rows.select_for_update(of=("self",)).listed().annotate(letters=LETTERS)
    for version, following in pairwise(rows.order_by("snapshot__epoch", "snapshot__seq", "pk")):
        if _says_no_more(version, following):
            yield version, following


def _says_no_more(version: Any, following: Any) -> bool:
    return (
        version.kind == following.kind == TextVersion.Kind.AUTOMATIC
        and version.snapshot.epoch == following.snapshot.epoch
        and timezone.localdate(version.created_at) == timezone.localdate(following.created_at)
        and version.letters - following.letters < LARGE
    )
