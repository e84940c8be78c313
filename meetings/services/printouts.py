"""A text as PDF or Word file: asked for by people, made by a worker. The row is the queue."""

import logging
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from in4green.common.documents import Unprintable
from in4green.livetext.archive import reading
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from meetings.models import MeetingText, Printout
from meetings.printing import print_text

log = logging.getLogger("in4green.meetings")
Format, State = Printout.Format, Printout.State
# Nobody else makes it meanwhile.
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 3


@transaction.atomic
def ask(row: MeetingText, kind: str) -> Printout:
    """Of the text as it stands now; what is there already is not made twice."""
    printout, _is_new = Printout.objects.select_for_update().get_or_create(
        of=row,
        format=kind,
        language=row.meeting.written_in,
        epoch=row.text.epoch,
        seq=row.text.head_seq,
    )
    if printout.state == State.FAILED:
        printout.state, printout.attempts, printout.next_attempt_at = State.WAITING, 0, None
        printout.save()
    return printout


def printouts_to_make() -> list[int]:
    return list(Printout.objects.waiting().order_by("asked_at").values_list("pk", flat=True))


def make(printout_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    printout = _claim(printout_id)
    if printout is None:
        return
    try:
        made = print_text(printout, _content(printout))
    except Unprintable as error:
        log.error("printout %s: %s", printout.pk, error)
        _waiting(printout).update(state=State.FAILED)
    else:
        _keep(printout, made)


@transaction.atomic
def _claim(printout_id: int) -> Printout | None:
    rows = Printout.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    found: Printout | None = rows.select_related("of__meeting", "of__text").filter(
        pk=printout_id
    ).first()  # fmt: skip
    if found is None:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        log.error("printout %s: whoever made it has ended %s times", found.pk, found.attempts)
        found.state = State.FAILED
    found.attempts += 1
    found.next_attempt_at = timezone.now() + LEASE
    found.save()
    return found if found.is_waiting else None


def _content(printout: Printout) -> Content:
    """As it stood when it was asked for. Raises Unprintable where that is no longer known."""
    text = printout.of.text
    if text.quarantined_at:
        raise Unprintable("the text is quarantined")
    doc = reading.document_at(text, printout.epoch, printout.seq)
    if doc is None:
        raise Unprintable("the log does not reach back to what was asked for")
    return crdt.content_json(doc)


@transaction.atomic
def _keep(printout: Printout, made: bytes) -> None:
    """Unless it is gone meanwhile, or somebody else was faster. Older ones of the text go."""
    row = _waiting(printout).select_for_update().first()
    if row is None:
        return
    row.file.save(f"{uuid4().hex}.{row.format}", ContentFile(made), save=False)
    row.state = State.MADE
    row.save()
    older = Printout.objects.filter(of=row.of_id, format=row.format, asked_at__lt=row.asked_at)
    for old in older.exclude(state=State.WAITING):
        old.delete()
        if old.file:
            transaction.on_commit(partial(default_storage.delete, str(old.file.name)))


def _waiting(printout: Printout) -> Any:
    return Printout.objects.filter(pk=printout.pk, state=State.WAITING)
