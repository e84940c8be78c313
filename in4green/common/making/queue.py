"""What a worker does with the rows: safe at any time and any number of times, and when killed."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from in4green.common.documents import Unprintable

log = logging.getLogger("in4green.making")
# Nobody else makes it meanwhile.
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


def to_make(model: Any) -> list[int]:
    return list(model.objects.waiting().order_by("asked_at").values_list("pk", flat=True))


def make(rows: Any, pk: int, draw: Callable[[Any], bytes], keep: Callable[[Any], Any]) -> None:
    """``draw`` gives the file, or raises Unprintable; ``keep`` ends what has its file now.

    ``rows`` is a queryset with what ``draw`` needs beside the row itself.
    """
    row = claim(rows, pk)
    if row is None:
        return
    try:
        made = draw(row)
    except Unprintable as error:
        log.error("%s %s: %s", row._meta.model_name, row.pk, error)
        still_waiting(row).update(state=row.State.FAILED)
    else:
        _keep(row, made, keep)


@transaction.atomic
def claim(rows: Any, pk: int) -> Any:
    """The row, or None where it is not to be made now."""
    waiting = rows.waiting().select_for_update(skip_locked=True, of=("self",))
    found = waiting.filter(pk=pk).first()
    if found is None:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        name = found._meta.model_name
        log.error("%s %s: whoever made it has ended %s times", name, pk, found.attempts)
        found.state = found.State.FAILED
    found.attempts += 1
    found.next_attempt_at = timezone.now() + LEASE
    found.save()
    return found if found.is_waiting else None


@transaction.atomic
def _keep(row: Any, made: bytes, keep: Callable[[Any], Any]) -> None:
    """Unless it is gone meanwhile, or somebody else was faster."""
    found = still_waiting(row).select_for_update().first()
    if found is None:
        return
    found.file.save(f"{uuid4().hex}.{found.format}", ContentFile(made), save=False)
    found.state = found.State.MADE
    found.save()
    keep(found)


def still_waiting(row: Any) -> Any:
    return type(row).objects.filter(pk=row.pk, state=row.State.WAITING)


def ask_again(row: Any) -> None:
    """For what has failed, within the transaction that holds the row."""
    row.state, row.attempts, row.next_attempt_at = row.State.WAITING, 0, None
    row.save()


def delete(row: Any) -> None:
    """With its file, once that is committed."""
    name = str(row.file.name or "")
    row.delete()
    if name:
        transaction.on_commit(partial(default_storage.delete, name))
