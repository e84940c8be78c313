"""States that people can name, compare and go back to.

A version is made when somebody asks for it, at a change of status, before a restore, and by
itself: when nobody has written for half a minute, unless the same people made the one before less
than ten minutes ago; while people go on writing, when the oldest change in no version is ten
minutes old; and of the state before a large deletion. Each names those who wrote since the
version before it, so that it is known who has written what even when the log of that time is gone.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from in4green.livetext import services
from in4green.livetext.archive import snapshots
from in4green.livetext.archive.history import latest_snapshot
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate, TextVersion
from in4green.livetext.owners import Access, access

Kind = TextVersion.Kind
Change = Callable[[crdt.Doc], bytes | None]
LARGE = 2000  # letters; as much at once is deleted by mistake, too


@transaction.atomic
def save(text: LiveText, *, by: Any, label: str = "", kind: str = Kind.NAMED) -> TextVersion:
    """The text as it is now; nobody writes between the look at it and the end of the transaction.

    Raises PermissionDenied where somebody names a version and may not write; what else makes one
    (a change of status) has rights of its own. Raises ValidationError for a quarantined text.
    """
    if kind == Kind.NAMED and access(by, text) < Access.WRITE:
        raise PermissionDenied("livetext.write")
    snapshots.take(text)  # most of the work, before anybody has to wait
    return _make(snapshots.take(services.lock(text)), kind, by=by, label=label)


@transaction.atomic
def restore(version: TextVersion, *, by: Any) -> TextUpdate | None:
    """Write what the version says over what is there now, which stays as a version of its own.

    None where the text says the same already. Raises PermissionDenied and ValidationError as
    every edit does.
    """
    text = services.lock(version.text)
    wanted = content(version)
    before = snapshots.take(text)
    update = services.edit(
        text, lambda doc: crdt.replace(doc, wanted), by=by, kind=TextUpdate.Kind.RESTORE
    )
    if update:
        _make(before, Kind.RESTORED, by=by)
    return update


@transaction.atomic
def accept(text: LiveText, change: Change, *, by: Any, author: Any) -> TextUpdate | None:
    """Write what ``author`` has proposed; a version of its own says who wrote and who accepted it.

    None where it changes nothing. Raises PermissionDenied and ValidationError as every edit does.
    """
    text = services.lock(text)
    before = snapshots.take(text)
    update = services.edit(text, change, by=by, kind=TextUpdate.Kind.PROPOSAL, author=author)
    if update:
        newest = _newest(text)
        if before.seq > (newest.snapshot.seq if newest else 0):
            _make(before, Kind.AUTOMATIC)
        _make(snapshots.take(text), Kind.PROPOSAL, by=by)
    return update


def content(version: TextVersion) -> Content:
    """ProseMirror's JSON."""
    said: Content = version.snapshot.content_json
    return said


def make_automatic(text: LiveText) -> TextVersion | None:
    """Of the newest snapshot, if it is time for one."""
    snapshot, before = latest_snapshot(text), _newest(text)
    since = before.snapshot.seq if before else 0
    if snapshot is None or snapshot.seq <= since:
        return None
    rested = LiveText.objects.idle().filter(pk=text.pk).exists()
    if _is_new_session(text, snapshot, since) if rested else _is_old(text, since):
        return _make(snapshot, Kind.AUTOMATIC)
    return None


def keep_before_deletion(before: TextSnapshot | None, after: TextSnapshot) -> TextVersion | None:
    """Of the snapshot before, where much of it is gone from the one after."""
    if before is None or len(before.plain_text) - len(after.plain_text) < LARGE:
        return None
    return None if before.versions.exists() else _make(before, Kind.AUTOMATIC)


def _is_new_session(text: LiveText, snapshot: TextSnapshot, since: int) -> bool:
    last = _newest(text, Kind.AUTOMATIC)
    if last is None or last.created_at <= timezone.now() - settings.LIVETEXT["VERSION_EVERY"]:
        return True
    return writers(snapshot, since) != set(last.authors.values_list("pk", flat=True))


def _is_old(text: LiveText, since: int) -> bool:
    before = timezone.now() - settings.LIVETEXT["VERSION_EVERY"]
    rows = TextUpdate.objects.filter(text=text, epoch=text.epoch, seq__gt=since)
    return rows.filter(at__lte=before).exists()


def _make(snapshot: TextSnapshot, kind: str, *, by: Any = None, label: str = "") -> TextVersion:
    with transaction.atomic():
        before = _newest(snapshot.text)
        version = TextVersion.objects.create(
            text=snapshot.text, snapshot=snapshot, kind=kind, author=by, label=label
        )
        version.authors.set(writers(snapshot, before.snapshot.seq if before else 0))
        services.tell_changed(snapshot.text, "versions")
    return version


def writers(snapshot: TextSnapshot, since: int) -> set[int]:
    """Ids of those who wrote after this number, up to the snapshot."""
    rows = TextUpdate.objects.filter(
        text=snapshot.text_id, epoch=snapshot.epoch, seq__gt=since, seq__lte=snapshot.seq
    )
    return set(rows.exclude(author=None).values_list("author", flat=True).distinct())


def _newest(text: LiveText, *kinds: str) -> TextVersion | None:
    versions = TextVersion.objects.listed().filter(text=text, snapshot__epoch=text.epoch)
    if kinds:
        versions = versions.filter(kind__in=kinds)
    return versions.order_by("-snapshot__seq", "-pk").first()
