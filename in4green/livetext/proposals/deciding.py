"""A proposal's changes are accepted or declined, each of them once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.services import record
from in4green.livetext import services
from in4green.livetext.archive import reading, versions
from in4green.livetext.document import crdt
from in4green.livetext.models import ProposalDecision, ProposedChange, TextProposal
from in4green.livetext.owners import Access, access
from in4green.livetext.proposals import notifications
from in4green.livetext.proposals.reviewing import Open, Review, Verdict

State = TextProposal.State


@dataclass(frozen=True)
class Choice:
    """``key`` is of what was shown to the person; ``in_bulk`` where it was chosen with others."""

    verdict: str
    key: str
    in_bulk: bool = False


@dataclass
class Decided:
    """Which of the choices count, by verdict, and numbers of those that don't."""

    chosen: dict[str, list[Open]] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)  # decided by somebody else before
    stale: list[int] = field(default_factory=list)  # the text has changed since it was shown
    left: list[int] = field(default_factory=list)  # would vanish: needs a decision of its own

    def of(self, *verdicts: str) -> list[Open]:
        return [each for verdict in verdicts for each in self.chosen.get(verdict, [])]


@transaction.atomic
def decide(
    proposal: TextProposal, choices: Mapping[int, Choice], *, by: Any, reason: str = ""
) -> Decided:
    """All that is accepted comes into the text as one edit, in the name of who proposed it.

    Raises PermissionDenied; ValidationError for a text that is frozen or would become too long,
    and for a proposal that no longer waits. Then nothing is decided.
    """
    text = services.lock(proposal.text)  # two reviewers, or one who clicks twice, come in turn
    if access(by, text) < Access.WRITE:
        raise PermissionDenied("livetext.write")
    proposal = _waiting(proposal)
    review = Review(proposal, reading.content(text))
    decided = _sort(review, choices)
    if decided.chosen:
        _write(review, decided, by)
        _settle(review, decided, by, reason)
    return decided


def _waiting(proposal: TextProposal) -> TextProposal:
    rows = TextProposal.objects.select_for_update(of=("self",)).select_related("text", "author")
    found = rows.get(pk=proposal.pk)
    if found.state != State.SENT:
        raise ValidationError(_("This proposal no longer waits for a decision."), code="state")
    return found


def _sort(review: Review, choices: Mapping[int, Choice]) -> Decided:
    decided = Decided()
    waiting = {each.row.number: each for each in review.open}
    for number, choice in choices.items():
        each = waiting.get(number)
        if each is None:
            decided.late.append(number)
        elif each.key != choice.key:
            decided.stale.append(number)
        elif choice.verdict == Verdict.ACCEPTED and _needs_more(each, choice):
            decided.left.append(number)
        else:
            decided.chosen.setdefault(_verdict(each, choice), []).append(each)
    return decided


def _needs_more(each: Open, choice: Choice) -> bool:
    lost = each.outcome.merged.lost
    return each.outcome.would_vanish or bool(lost and choice.in_bulk)


def _verdict(each: Open, choice: Choice) -> str:
    accepts = choice.verdict != Verdict.DECLINED
    return Verdict.MOOT if accepts and each.outcome.is_moot else choice.verdict


def _write(review: Review, decided: Decided, by: Any) -> None:
    anew = {each.row.number for each in decided.of(Verdict.ANEW)}
    accepted = sorted(decided.of(Verdict.ACCEPTED, Verdict.ANEW), key=lambda each: each.row.number)
    if not accepted:
        return
    wanted = review.result(accepted, anew)

    def change(doc: crdt.Doc) -> bytes | None:
        try:
            return crdt.replace(doc, wanted)
        except ValueError:
            raise ValidationError(_("The text holds something that cannot be kept here.")) from None

    versions.accept(review.proposal.text, change, by=by, author=review.proposal.author)


def _settle(review: Review, decided: Decided, by: Any, reason: str) -> None:
    proposal = review.proposal
    decision = ProposalDecision.objects.create(proposal=proposal, by=by, reason=reason)
    numbers = {each.row.number for each in decided.of(*decided.chosen)}
    rest = [each for each in review.open if each.row.number not in numbers]
    is_over = all(each.outcome.is_moot for each in rest)
    if is_over and rest:
        decided.chosen.setdefault(Verdict.MOOT, []).extend(rest)
    for verdict, chosen in decided.chosen.items():
        rows = ProposedChange.objects.filter(pk__in=[each.row.pk for each in chosen])
        rows.update(verdict=verdict, decision=decision)
    counts = {str(verdict): len(chosen) for verdict, chosen in decided.chosen.items()}
    record(by, "proposals.reviewed", proposal, **counts)
    if is_over:
        proposal.state, proposal.decided_at = State.DECIDED, timezone.now()
        notifications.tell_author(proposal, by=by)
    proposal.save(update_fields=["state", "decided_at", "changed_at"])
