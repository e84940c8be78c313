"""What coordination does with a sign-up: take on, ask, accept, decline, enter by hand."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups import recipients
from groups.models import (
    ConsentRecord,
    InterestSignup,
    Organisation,
    Topic,
    User,
    WorkingGroup,
)
from groups.services.interest import CONSENT_VERSION, receive
from groups.services.invitations import invite
from in4green.activity.services import Wording, notify, record

Status = InterestSignup.Status
WAITING = (Status.RECEIVED, Status.IN_REVIEW)


@transaction.atomic
def start_review(signup: InterestSignup, *, by: User) -> InterestSignup:
    """Tells the others, and the person's status page, that somebody has taken this on."""
    signup = _lock_waiting(signup)
    signup.status = Status.IN_REVIEW
    signup.reviewed_by = by
    signup.save(update_fields=["status", "reviewed_by"])
    record(by, "interest.review_started", signup)
    return signup


@transaction.atomic
def ask_back(
    signup: InterestSignup, question: str, *, wording: Wording, by: User
) -> InterestSignup:
    """Put a question to the person, who answers on the status page."""
    signup = _lock_waiting(signup)
    signup.status = Status.IN_REVIEW
    signup.reviewed_by = by
    signup.question = question
    signup.answer = ""
    signup.asked_at = timezone.now()
    signup.save(update_fields=["status", "reviewed_by", "question", "answer", "asked_at"])
    record(by, "interest.asked", signup)
    notify("interest.question", signup, recipients.person(signup), by=by, wording=wording)
    return signup


@transaction.atomic
def accept_signup(
    signup: InterestSignup, *, role: str, wording: Wording | None, by: User
) -> InterestSignup:
    """Invite the person. Of two reviewers the second gets a ValidationError (``decided``)."""
    signup = _lock_waiting(signup)
    signup.invitation = invite(
        signup.group,
        email=signup.email,
        name=signup.name,
        language=signup.language,
        role=role,
        organisation=_organisation_of(signup),
        by=by,
        wording=wording,
    )
    _decide(signup, Status.INVITED, by)
    record(by, "interest.accepted", signup)
    return signup


def _organisation_of(signup: InterestSignup) -> Organisation | None:
    if not signup.organisation:
        return None
    same = Organisation.objects.filter(city=signup.group.city, name__iexact=signup.organisation)
    return same.first() or Organisation.objects.create(
        city=signup.group.city, name=signup.organisation, kind=signup.kind
    )


@transaction.atomic
def decline_signup(
    signup: InterestSignup, reason: str, *, wording: Wording, by: User
) -> InterestSignup:
    """Say no, with a reason that the log and a later sign-up show."""
    signup = _lock_waiting(signup)
    signup.decline_reason = reason
    _decide(signup, Status.DECLINED, by)
    record(by, "interest.declined", signup)
    notify("interest.declined", signup, recipients.person(signup), by=by, wording=wording)
    return signup


def _lock_waiting(signup: InterestSignup) -> InterestSignup:
    """Lock the row and make sure that nobody else has decided meanwhile."""
    signup = (
        InterestSignup.objects.select_for_update(of=("self",))
        .select_related("group__city", "reviewed_by")
        .get(pk=signup.pk)
    )
    if signup.status not in WAITING:
        raise ValidationError(already_decided(signup), code="decided")
    return signup


def already_decided(signup: InterestSignup) -> str:
    """By whom and when: what the second of two reviewers is told."""
    if not signup.decided_at:
        return _("%(name)s has not confirmed the sign-up yet.") % {"name": signup.name}
    by_person = signup.status == Status.WITHDRAWN
    facts = {
        "who": _("the person") if by_person else signup.reviewed_by or _("a former coordinator"),
        "when": date_format(timezone.localtime(signup.decided_at), "DATETIME_FORMAT"),
        "status": signup.get_status_display(),
    }
    return (
        _("This sign-up was already decided: %(status)s, by %(who)s, %(when)s. Nothing was sent.")
        % facts
    )


def _decide(signup: InterestSignup, status: str, by: User) -> None:
    signup.status = status
    signup.reviewed_by = by
    signup.decided_at = timezone.now()
    signup.save()


@transaction.atomic
def resend_confirmation(signup: InterestSignup, *, by: User) -> None:
    """For a mail that got lost. Raises ValidationError once it is confirmed."""
    signup = InterestSignup.objects.select_for_update().get(pk=signup.pk)
    if signup.status != Status.UNCONFIRMED:
        raise ValidationError(_("This sign-up is already confirmed."), code="confirmed")
    signup.mailed_at = timezone.now()
    signup.save(update_fields=["mailed_at"])
    record(by, "interest.confirmation_sent_again", signup)
    notify("interest.confirm", signup, recipients.person(signup), by=by)


@transaction.atomic
def enter_signup(
    group: WorkingGroup, *, source: str, topics: Iterable[Topic], by: User, **fields: Any
) -> InterestSignup:
    """A sign-up that came by phone or on paper, with the consent given there."""
    signup = InterestSignup(group=group, source=source, **fields)
    signup.confirmed_at = timezone.now()
    receive(signup)
    signup.topics.set(topics)
    signup.consents.create(
        purpose=ConsentRecord.Purpose.INTEREST,
        text_version=CONSENT_VERSION,
        language=signup.language,
        medium=source,
    )
    record(by, "interest.entered", signup, source=source)
    return signup
