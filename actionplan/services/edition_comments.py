"""What the public says to an edition: taken in, decided, its addresses forgotten."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import Edition, EditionComment
from groups import recipients
from groups.models import User
from in4green.activity.services import Recipient, notify, record

State = EditionComment.State


@transaction.atomic
def comment(
    edition: Edition, *, form_token: str, language: str, network: str, **said: str
) -> EditionComment:
    """Kept until coordination has read it; sent twice, it stays one. Raises ValidationError."""
    if not edition.plan.takes_comments:
        raise ValidationError(_("This plan takes no comments at the moment."), code="closed")
    row, is_new = EditionComment.objects.get_or_create(
        form_token=form_token,
        defaults={
            "edition": edition,
            "language": language,
            "network": network,
            "consented_at": timezone.now(),
            **said,
        },
    )
    if is_new:
        record(None, "editions.commented", row, edition=edition.number)
        notify("editions.commented", row, recipients.coordination(edition.group))
    return row


@transaction.atomic
def decide(comment: EditionComment, *, state: str, answer: str, reason: str, by: User) -> None:
    """Once; another decision later replaces it. Whoever left an address hears of the first."""
    row = EditionComment.objects.select_for_update().get(pk=comment.pk)
    was_waiting = row.is_waiting
    row.state, row.answer = state, answer
    row.reason = reason if state == State.DECLINED else ""
    row.decided_at, row.decided_by = timezone.now(), by
    row.save(update_fields=["state", "answer", "reason", "decided_at", "decided_by"])
    record(by, "editions.comment_decided", row, state=state)
    if was_waiting and row.email:
        notify("editions.comment_decided", row, [Recipient(row.email, row.language)], by=by)


@transaction.atomic
def forget_addresses() -> int:
    """Of what came long ago: e-mail and network; returns of how many. The words stay."""
    kept: timedelta = settings.ACTIONPLAN["COMMENT_ADDRESSES_KEPT"]
    old = EditionComment.objects.with_address_before(timezone.now() - kept)
    forgotten = old.update(email="", network="")
    if forgotten:
        record(None, "editions.addresses_forgotten", rows=forgotten)
    return forgotten
