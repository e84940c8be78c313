"""What is said to a plan under review: made, corrected, answered."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import PeerLink, Review, Section, Statement
from actionplan.notifications import reviews as notifications
from actionplan.services import reviewing
from groups.models import User
from in4green.activity.services import record

# In one review, of one member or through one link: more than anybody has to say.
MOST_OF_ONE = 100


@transaction.atomic
def make(
    review: Review,
    *,
    position: str,
    reasons: str = "",
    section: Section | None = None,
    token: uuid.UUID,
    by: User | None = None,
    link: PeerLink | None = None,
    name: str = "",
) -> Statement:
    """Of a member, or of somebody behind a link. Sent twice it is there once.

    Raises ValidationError for a review that is closed, or somebody who has said very much.
    """
    review = reviewing.lock_open(review)
    there = Statement.objects.filter(token=token).first()
    if there is not None:
        return _only_own(there, by, link)
    own = review.statements.filter(author=by, link=link)
    if own.count() >= MOST_OF_ONE:
        raise ValidationError(_("More than 100 statements are not taken from one person or city."))
    made = Statement(
        review=review, section=section, about=_about(section), author=by, link=link, name=name,
        position=position, reasons=reasons, token=token,
    )  # fmt: skip
    made.validate_constraints()
    made.save()
    record(by, "statements.made", made, position=position)
    if by is not None:
        reviewing.note_answer(review, by)
    return made


def _only_own(there: Statement, by: User | None, link: PeerLink | None) -> Statement:
    if (there.author, there.link) != (by, link):
        raise ValidationError(_("This page is too old. Please open it anew."), code="token")
    return there


def _about(section: Section | None) -> str:
    return str(section) if section else ""


@transaction.atomic
def correct(statement: Statement, *, position: str, reasons: str, by: User | None = None) -> None:
    """By its author, as long as the review is open and nobody has answered. ValidationError."""
    statement = _lock(statement)
    if statement.is_answered:
        raise ValidationError(
            _("Coordination has answered this meanwhile. Please make another statement instead."),
            code="answered",
        )
    before = {"position": statement.position, "reasons": statement.reasons}
    statement.position, statement.reasons = position, reasons
    statement.changed_at = timezone.now()
    statement.validate_constraints()
    statement.save(update_fields=["position", "reasons", "changed_at"])
    record(by, "statements.corrected", statement, position=before["position"])


@transaction.atomic
def answer(statement: Statement, *, verdict: str, reply: str, by: User) -> Statement:
    """Also after the review is closed, and once more if the first answer was wrong."""
    reviewing.lock(statement.review)
    rows: Any = Statement.objects.select_for_update(of=("self",)).select_related("review__plan")
    statement = rows.get(pk=statement.pk)
    statement.verdict, statement.reply = verdict, reply
    statement.replied_by, statement.replied_at = by, timezone.now()
    statement.validate_constraints()
    statement.save(update_fields=["verdict", "reply", "replied_by", "replied_at"])
    record(by, "statements.answered", statement, verdict=verdict)
    notifications.answered(statement, by=by)
    return statement


def _lock(statement: Statement) -> Statement:
    reviewing.lock_open(statement.review)
    locked: Statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    return locked
