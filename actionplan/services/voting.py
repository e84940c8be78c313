"""The group votes on its plan: opened, voted, closed. Everybody waits for the others at the row.

Who may vote is settled when the vote is opened: coordination and editors of that day. Whoever
joins later waits for the next vote. Whoever leaves can vote no more: a vote that was cast counts,
and where there is none, the person no longer counts for the quorum.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import results
from actionplan.models import Approval, Plan, SectionText, Vote
from actionplan.notifications import votes as notifications
from groups.models import Membership, User
from in4green.activity.services import record
from in4green.livetext.archive import versions
from in4green.livetext.models import TextVersion

VOTING_ROLES = (Membership.Role.COORDINATOR, Membership.Role.EDITOR)
Choice = Vote.Choice


def entitled(group_id: int) -> Any:
    """Members with a vote today; whoever only reads has none."""
    voting = Membership.objects.current().filter(group=group_id, role__in=VOTING_ROLES)
    return User.objects.filter(is_active=True, pk__in=voting.values("user"))


@transaction.atomic
def open_vote(plan: Plan, *, closes_on: date, words: str = "", by: User) -> Approval:
    """On the plan as it stands. Raises ValidationError while another vote on it is open."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("group").get(pk=plan.pk)
    if plan.approvals.open().exists():
        raise ValidationError(_("A vote on this plan is open already."), code="open")
    approval = Approval.objects.create(
        plan=plan, words=words, closes_on=closes_on, opened_by=by, states=keep_states(plan, by),
        quorum=plan.quorum, majority=plan.majority,
    )  # fmt: skip
    votes = Vote.objects.bulk_create(
        Vote(approval=approval, user=user) for user in entitled(plan.group_id)
    )
    record(by, "votes.opened", approval, closes=closes_on.isoformat(), entitled=len(votes))
    for vote in votes:
        notifications.opened(vote, by=by)
    return approval


def keep_states(plan: Plan, by: User) -> list[dict[str, Any]]:
    """Which state of which text: each is kept as a version, so that it can be read for ever."""
    rows = SectionText.objects.filter(section__plan=plan, section__deleted_at=None)
    return [_keep(row, by) for row in rows.select_related("section__plan", "text").order_by("pk")]


def _keep(row: SectionText, by: User) -> dict[str, Any]:
    kind, label = TextVersion.Kind.STATUS, _("Put to the vote")
    version = versions.save(row.text, by=by, label=label, kind=kind)
    return {
        "section": row.section_id,
        "title": row.section.title,
        "title_en": row.section.title_en,
        "language": row.language,
        "text": row.text_id,
        "epoch": version.snapshot.epoch,
        "seq": version.snapshot.seq,
        "version": version.pk,
    }


def lock(approval: Approval) -> Approval:
    rows = Approval.objects.select_for_update(of=("self",)).select_related("plan__group")
    locked: Approval = rows.get(pk=approval.pk)
    return locked


@transaction.atomic
def vote(approval: Approval, *, choice: str, reason: str = "", by: User) -> Vote:
    """However often it is sent, it is one vote. Raises ValidationError once it is closed.

    Raises PermissionDenied for somebody who had no vote when it was opened, or has none today.
    """
    approval = lock(approval)
    if not approval.is_open or approval.closes_on < timezone.localdate():
        raise ValidationError(_("This vote is over. Your vote was not changed."), code="closed")
    own = approval.votes.filter(user=by).first()
    if own is None or not entitled(approval.group_id).filter(pk=by.pk).exists():
        raise PermissionDenied("actionplan.vote")
    if (own.choice, own.reason) != (choice, reason):
        own.choice, own.reason, own.voted_at = choice, reason, timezone.now()
        own.save(update_fields=["choice", "reason", "voted_at"])
        # What was voted is in the row; the log says only that it was.
        record(by, "votes.cast", approval)
    return own


def count(approval: Approval) -> results.Count:
    """Of an open vote, as of today."""
    votes = list(approval.votes.values_list("choice", "user"))
    still = set(entitled(approval.group_id).values_list("pk", flat=True))
    counted = [choice for choice, user in votes if choice or user in still]
    return results.Count(
        entitled=len(counted),
        needed=results.needed(len(counted), approval.quorum),
        in_favour=counted.count(Choice.YES),
        against=counted.count(Choice.NO),
        abstained=counted.count(Choice.ABSTAIN),
    )


@transaction.atomic
def close(approval: Approval, *, by: User | None) -> Approval:
    """Counts for good; ``by`` is None where the day has passed. Said twice it is said once."""
    approval = lock(approval)
    if not approval.is_open:
        return approval
    counted = count(approval)
    approval.closed_at, approval.closed_by = timezone.now(), by
    approval.entitled, approval.needed = counted.entitled, counted.needed
    approval.in_favour, approval.against = counted.in_favour, counted.against
    approval.abstained = counted.abstained
    approval.outcome = counted.outcome(approval.majority)
    approval.save()
    record(by, "votes.closed", approval, outcome=approval.outcome)
    notifications.closed(approval, by=by)
    return approval
