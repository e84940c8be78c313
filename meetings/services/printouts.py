"""A text as PDF or Word file: asked for by people, made by a worker. The row is the queue."""

from django.db import transaction

from in4green.common.documents import Unprintable
from in4green.common.making import queue
from in4green.livetext.archive import reading
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from meetings.models import MeetingText, Printout
from meetings.printing import print_text


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
    if printout.is_failed:
        queue.ask_again(printout)
    return printout


def printouts_to_make() -> list[int]:
    return queue.to_make(Printout)


def make(printout_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    rows = Printout.objects.select_related("of__meeting", "of__text")
    queue.make(rows, printout_id, _draw, _delete_older)


def _draw(printout: Printout) -> bytes:
    return print_text(printout, _content(printout))


def _content(printout: Printout) -> Content:
    """As it stood when it was asked for. Raises Unprintable where that is no longer known."""
    text = printout.of.text
    if text.quarantined_at:
        raise Unprintable("the text is quarantined")
    doc = reading.document_at(text, printout.epoch, printout.seq)
    if doc is None:
        raise Unprintable("the log does not reach back to what was asked for")
    return crdt.content_json(doc)


def _delete_older(made: Printout) -> None:
    older = Printout.objects.filter(of=made.of_id, format=made.format, asked_at__lt=made.asked_at)
    for old in older.exclude(state=Printout.State.WAITING):
        queue.delete(old)
