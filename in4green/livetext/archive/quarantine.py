"""A text that can't be built harms nobody for long.

Building runs native code, which a text may kill together with its process; no ``except`` sees it.
So every attempt of a worker is noted before it begins, and struck out when it has come to its end.
After two that never ended the text can only be read, as its last good snapshot says it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from in4green.activity.services import notify, record
from in4green.livetext import services
from in4green.livetext.archive.history import latest_snapshot
from in4green.livetext.bell import ring
from in4green.livetext.models import LiveText, TextUpdate
from in4green.livetext.owners import keepers
from in4green.livetext.wire import EMPTY_UPDATE

log = logging.getLogger("in4green.livetext")
T = TypeVar("T")

ATTEMPTS = 2
NOTICE = "livetext.quarantined"
# The first half of PostgreSQL's advisory locks of this kind; the second is the text's id.
_LOCK = 0x6C74


def attempt(text_id: int, work: Callable[[LiveText], T]) -> T | None:
    """Do what builds the text; None where another process is at it, or where it is quarantined.

    What ``work`` raises is raised, and the attempt stays noted.
    """
    with _alone(text_id) as is_mine:
        text = LiveText.objects.filter(pk=text_id, quarantined_at=None).first() if is_mine else None
        if text is None:
            return None
        if text.attempts >= ATTEMPTS:
            put_away(text)
            return None
        LiveText.objects.filter(pk=text_id).update(attempts=F("attempts") + 1)
        done = work(text)
        LiveText.objects.filter(pk=text_id).update(attempts=0)
        return done


@contextmanager
def _alone(text_id: int) -> Iterator[bool]:
    """PostgreSQL lets go of the lock as soon as a killed process's connection ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, text_id])
        [is_mine] = cursor.fetchone()
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, text_id])


@transaction.atomic
def put_away(text: LiveText) -> None:
    rows = LiveText.objects.filter(pk=text.pk, quarantined_at=None)
    if not rows.update(quarantined_at=timezone.now(), perm_version=F("perm_version") + 1):
        return
    log.error("text %s can't be built and is quarantined", text)
    record(None, "livetext.quarantined", text)
    notify(NOTICE, text, keepers(text))
    ring(text=text.pk, rights=True)


@transaction.atomic
def release(text: LiveText, *, by: Any, without_tail: bool = False) -> None:
    """Write in it again. ``without_tail`` goes on from the last good snapshot.

    What came after that one is kept in the epoch before and no longer part of the text.
    """
    text = LiveText.objects.select_for_update(no_key=True).get(pk=text.pk)
    if text.quarantined_at is None:
        return
    if without_tail:
        _set_tail_aside(text)
    LiveText.objects.filter(pk=text.pk).update(
        quarantined_at=None, attempts=0, perm_version=F("perm_version") + 1
    )
    record(by, "livetext.released", text, without_tail=without_tail)
    ring(text=text.pk, rights=True)


def _set_tail_aside(text: LiveText) -> None:
    """Numbers stay without gaps: an update that says nothing stands in each one's place."""
    snapshot = latest_snapshot(text)
    beyond = TextUpdate.objects.filter(text=text, seq__gt=snapshot.seq if snapshot else 0)
    aside = list(beyond.filter(epoch=text.epoch))
    services.begin_epoch(text)
    beyond.filter(epoch=text.epoch + 1).update(payload=EMPTY_UPDATE)
    for update in aside:
        update.pk = None
    TextUpdate.objects.bulk_create(aside)
