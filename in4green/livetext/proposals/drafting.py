"""A proposal until somebody decides about it: begun, changed, sent, taken back."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.services import record
from in4green.livetext.archive import reading
from in4green.livetext.by_form import Base, base_of
from in4green.livetext.content import tree
from in4green.livetext.content.alignment import Span, find_changes
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.models import LiveText, ProposedChange, TextProposal
from in4green.livetext.owners import Access, access
from in4green.livetext.proposals import notifications

State = TextProposal.State
MOST_CHANGES = 5000  # of one proposal; three times what a plan of 60,000 words has paragraphs
MOST_AT_ONCE = 20  # of one person for one text, without those that are decided


@dataclass(frozen=True)
class Fork:
    """Where somebody began, and what stood there."""

    base: Base
    content: Content


def fork(text: LiveText, base: Base) -> Fork:
    """The present text where the state that somebody began with is no longer kept."""
    found = reading.document_at(text, base.epoch, base.seq)
    if found is None:
        return Fork(base_of(text), tree.uncommented(reading.content(text)))
    return Fork(base, tree.uncommented(crdt.content_json(found)))


@transaction.atomic
def begin(
    text: LiveText, begun: Fork, content: Content, *, note: str = "", by: Any
) -> TextProposal:
    """Raises PermissionDenied and ValidationError."""
    _require(text, by)
    mine = text.proposals.filter(author=by, state__in=[State.DRAFT, State.SENT])
    if mine.count() >= MOST_AT_ONCE:
        raise ValidationError(
            _("You have %(n)d proposals for this text already. Please withdraw or delete one."),
            code="many",
            params={"n": MOST_AT_ONCE},
        )
    return TextProposal.objects.create(
        text=text,
        author=by,
        base_epoch=begun.base.epoch,
        base_seq=begun.base.seq,
        base=begun.content,
        content=_checked(content),
        note=note,
    )


@transaction.atomic
def change(proposal: TextProposal, content: Content, *, note: str, by: Any) -> TextProposal:
    """Raises PermissionDenied and ValidationError."""
    _require(proposal.text, by)
    proposal = _own(proposal, by, State.DRAFT)
    proposal.content, proposal.note = _checked(content), note
    proposal.save(update_fields=["content", "note", "changed_at"])
    return proposal


def _require(text: LiveText, by: Any) -> None:
    if access(by, text) < Access.SUGGEST:
        raise PermissionDenied("livetext.suggest")


def _own(proposal: TextProposal, by: Any, *states: str) -> TextProposal:
    """As it is now, held until the transaction ends."""
    rows = TextProposal.objects.select_for_update(of=("self",)).select_related("text")
    found = rows.filter(pk=proposal.pk, author=by).first()
    if found is None or found.state not in states:
        raise ValidationError(
            _("This proposal is no longer as you saw it. Please look at it again."), code="state"
        )
    return found


def _checked(content: Content) -> Content:
    """Raises ValidationError for what couldn't become a text: the limits are those of a text."""
    content = tree.uncommented(content)
    try:
        state = crdt.from_json(content)
        check(state, Known(), Limits(structs=2**31))
    except (Refused, ValueError):
        raise ValidationError(_("The text holds something that cannot be kept here.")) from None
    if len(state) > settings.LIVETEXT["STATE_BYTES"]:
        raise ValidationError(_("The text would become too long."), code="full")
    return content


@transaction.atomic
def send(proposal: TextProposal, *, by: Any) -> TextProposal:
    """To those who decide. Its changes get their numbers. Raises as ``change`` does."""
    _require(proposal.text, by)
    proposal = _own(proposal, by, State.DRAFT)
    spans = _changes(proposal)
    ProposedChange.objects.bulk_create(
        ProposedChange(proposal=proposal, number=number, **span._asdict())
        for number, span in enumerate(spans)
    )
    proposal.state, proposal.sent_at = State.SENT, timezone.now()
    proposal.save(update_fields=["state", "sent_at", "changed_at"])
    record(by, "proposals.sent", proposal)
    notifications.tell_coordination(proposal)
    return proposal


def _changes(proposal: TextProposal) -> list[Span]:
    spans = find_changes(proposal.base["content"], proposal.content["content"])
    if not spans:
        raise ValidationError(_("Your proposal changes nothing yet."), code="same")
    if len(spans) > MOST_CHANGES:
        raise ValidationError(
            _("Your proposal changes more than %(n)d paragraphs. Please make several of it."),
            code="much",
            params={"n": MOST_CHANGES},
        )
    return spans


@transaction.atomic
def withdraw(proposal: TextProposal, *, by: Any) -> TextProposal:
    """A draft again, unless something of it is decided. Raises ValidationError."""
    proposal = _own(proposal, by, State.SENT)
    if proposal.decisions.exists():
        proposal.state = State.WITHDRAWN
    else:
        proposal.changes.all().delete()
        proposal.state, proposal.sent_at = State.DRAFT, None
    proposal.save(update_fields=["state", "sent_at", "changed_at"])
    record(by, "proposals.withdrawn", proposal)
    return proposal


@transaction.atomic
def discard(proposal: TextProposal, *, by: Any) -> None:
    """What was never sent. Raises ValidationError."""
    _own(proposal, by, State.DRAFT).delete()


def delete_forgotten() -> int:
    """Withdrawn long ago, or left unsent by somebody whose account is gone."""
    long_ago = timezone.now() - settings.LIVETEXT["LOG_KEPT"]
    withdrawn = TextProposal.objects.filter(state=State.WITHDRAWN, changed_at__lt=long_ago)
    orphaned = TextProposal.objects.filter(state=State.DRAFT, author=None)
    return withdrawn.delete()[0] + orphaned.delete()[0]
