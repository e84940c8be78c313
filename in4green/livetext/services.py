"""What happens to a text outside of the live process: made, written, frozen, rights changed.

Every writer goes through ``append``: it locks the text's row and checks right, epoch, state and
content inside the transaction. Live processes hear of it when the transaction is committed.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.livetext.archive.history import state_at_head
from in4green.livetext.bell import ring, ring_for
from in4green.livetext.content.tree import Node
from in4green.livetext.document import crdt
from in4green.livetext.document.edits import Format
from in4green.livetext.gate import Limits, Refused, check
from in4green.livetext.models import LiveText, TextClient, TextUpdate
from in4green.livetext.owners import Access, access

Kind = TextUpdate.Kind


def create_text(kind: str) -> LiveText:
    return LiveText.objects.create(kind=kind)


@transaction.atomic
def edit(
    text: LiveText,
    change: Callable[[crdt.Doc], bytes | None],
    *,
    by: Any,
    kind: str = Kind.FORM,
    author: Any = None,
) -> TextUpdate | None:
    """Write what ``change`` makes of the current document; None where it changes nothing.

    ``author``: whose words they are, where ``by`` takes in what somebody else has proposed.
    Raises PermissionDenied, and ValidationError for what the gate refuses.
    """
    return _write(text, change, by=by, kind=kind, needs=Access.WRITE, author=author)


@transaction.atomic
def mark(text: LiveText, plan: Callable[[Node], list[Format]], *, by: Any) -> TextUpdate | None:
    """Set or take away marks of comments: all that is written for who may only comment."""

    def change(doc: crdt.Doc) -> bytes | None:
        return crdt.apply(doc, plan(crdt.read(doc)))

    return _write(text, change, by=by, kind=Kind.COMMENT, needs=Access.COMMENT)


def _write(
    text: LiveText,
    change: Callable[[crdt.Doc], bytes | None],
    *,
    by: Any,
    kind: str,
    needs: Access,
    author: Any = None,
) -> TextUpdate | None:
    text = lock(text)
    if access(by, text) < needs:
        raise PermissionDenied("livetext.write")
    state, known = state_at_head(text)
    update = change(crdt.load([state]))
    if update is None:
        return None
    try:
        scan = check(update, known, Limits(settings.LIVETEXT["UPLOAD_STRUCTS"]))
    except Refused:
        raise ValidationError(_("The text holds something that cannot be kept here.")) from None
    if len(state) + len(update) > settings.LIVETEXT["STATE_BYTES"] and grows(state, update):
        raise ValidationError(_("The text would become too long."), code="full")
    _claim(text, scan.new_clients(known), by)
    return _append(text, update, by=by, kind=kind, author=author)


def grows(state: bytes, update: bytes) -> bool:
    """A text that is full can still be made shorter."""
    return len(crdt.state(crdt.load([state, update]))) > len(state)


def lock(text: LiveText) -> LiveText:
    """The row as it is now, held until the transaction ends. Raises ValidationError if frozen."""
    text = LiveText.objects.select_for_update(no_key=True).get(pk=text.pk)
    if text.quarantined_at:
        raise ValidationError(_("This text can only be read at the moment."), code="frozen")
    return text


def _claim(text: LiveText, client_ids: set[int], by: Any) -> None:
    """Raises ValidationError for an id under which somebody else has written."""
    mine = TextClient.objects.filter(text=text, epoch=text.epoch, client_id__in=client_ids)
    owners = dict(mine.values_list("client_id", "user"))
    if any(owner != by.pk for owner in owners.values()):
        raise ValidationError(_("The text holds something that cannot be kept here."))
    TextClient.objects.bulk_create(
        TextClient(text=text, epoch=text.epoch, client_id=client_id, user=by)
        for client_id in client_ids - owners.keys()
    )


def _append(
    text: LiveText, payload: bytes, *, by: Any, kind: str, author: Any = None
) -> TextUpdate:
    text.head_seq += 1
    text.changed_at = timezone.now()
    text.save(update_fields=["head_seq", "changed_at"])
    update = TextUpdate.objects.create(
        text=text,
        epoch=text.epoch,
        seq=text.head_seq,
        author=author or by,
        accepted_by=by if author else None,
        payload=payload,
        kind=kind,
    )
    ring(text=text.pk, seq=text.head_seq)
    return update


def recheck(user: Any) -> None:
    """A person's rights have changed: what is under way from him is checked again."""
    mine = TextClient.objects.filter(user=user).values("text")
    LiveText.objects.filter(pk__in=mine).update(perm_version=F("perm_version") + 1)
    ring(user=user.pk)


def recheck_text(text: LiveText) -> None:
    """What may be done with a text has changed, for everybody: it was locked, closed, opened."""
    LiveText.objects.filter(pk=text.pk).update(perm_version=F("perm_version") + 1)
    ring(text=text.pk, rights=True)


@transaction.atomic
def begin_epoch(text: LiveText) -> None:
    """Cut off every copy that is out there: two histories must never be merged.

    What is committed goes on in the new epoch, under the numbers that it has.
    """
    text = LiveText.objects.select_for_update(no_key=True).get(pk=text.pk)
    for rows in (text.updates, text.snapshots, text.clients):
        rows.filter(epoch=text.epoch).update(epoch=text.epoch + 1)
    LiveText.objects.filter(pk=text.pk).update(epoch=text.epoch + 1)
    ring(text=text.pk, epoch=True)


def tell_changed(text: LiveText, *parts: str) -> None:
    """Pages that show these parts (comments, versions, title) fetch them anew."""
    ring(text=text.pk, changed=list(parts))


def tell_tables_changed(texts: Iterable[int]) -> None:
    """Editors of these texts, by their ids, fetch their live tables anew."""
    ring_for(texts, changed=["tables"])
