"""What happens with a sign-up on the person's side: send, confirm, correct, answer, withdraw."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import recipients
from groups.models import ConsentRecord, InterestSignup, Membership, Topic, WorkingGroup
from groups.workdays import add_working_days
from in4green.activity.services import notify, record

Status = InterestSignup.Status
CONSENT_VERSION = "2026-11"
# One confirmation mail per address in this time, however often the form is sent.
MAIL_AGAIN_AFTER = timedelta(minutes=10)
WRITTEN_BY_PERSON = ("name", "organisation", "kind", "message", "language")


@transaction.atomic
def submit_interest(
    group: WorkingGroup,
    *,
    email: str,
    topics: Iterable[Topic],
    form_token: str | None,
    network: str,
    **fields: Any,
) -> InterestSignup:
    """Keep what was sent and ask for confirmation by mail.

    The same steps whether the address is known or not: only its owner learns more, by confirming.
    Sent twice, the later words win and one row remains. Raises ValidationError (``used``) when a
    form that was already sent comes back with another address.
    """
    _lock_address(group, email)
    waiting = None
    for earlier in InterestSignup.objects.sent_before(group, email, form_token or ""):
        if earlier.email.casefold() != email.casefold():
            raise ValidationError(
                _(
                    "This form was already sent with another address. If you want to sign up with"
                    " this one, please press the button once more."
                ),
                code="used",
            )
        if earlier.status != Status.UNCONFIRMED:
            return earlier
        waiting = earlier
    signup = waiting or InterestSignup(group=group)
    for name, value in {"email": email, "network": network, **fields}.items():
        setattr(signup, name, value)
    signup.form_token = form_token
    signup.created_at = timezone.now()  # sent again, the periods begin again
    mailed_lately = signup.mailed_at and signup.created_at - signup.mailed_at < MAIL_AGAIN_AFTER
    if not mailed_lately:
        signup.mailed_at = signup.created_at
    signup.save()
    _choose_and_agree(signup, topics, is_new=waiting is None)
    if not mailed_lately:
        notify("interest.confirm", signup, recipients.person(signup))
    return signup


def _lock_address(group: WorkingGroup, email: str) -> None:
    """Two tabs, one address: the second waits for the first instead of failing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"interest:{group.pk}:{email.casefold()}"],
        )


def _choose_and_agree(signup: InterestSignup, topics: Iterable[Topic], *, is_new: bool) -> None:
    """A new sign-up has neither yet: nothing needs to be looked up under load."""
    consent: dict[str, Any] = {
        "purpose": ConsentRecord.Purpose.INTEREST,
        "text_version": CONSENT_VERSION,
        "language": signup.language,
        "medium": ConsentRecord.Medium.WEB,
    }
    if is_new:
        signup.topics.add(*topics)
        signup.consents.create(**consent)
    else:
        signup.topics.set(topics)
        signup.consents.get_or_create(withdrawn_at=None, **consent)


@transaction.atomic
def confirm_interest(signup: InterestSignup) -> InterestSignup:
    """The click in the mail: from here on coordination is told, and an answer is promised.

    Whoever is signed up already gets the earlier sign-up back, with the newer words in it.
    """
    _lock_address(signup.group, signup.email)
    signup = _lock(signup)
    if signup.status != Status.UNCONFIRMED:
        return signup
    earlier = _signed_up_before(signup)
    if earlier:
        return _merge(signup, into=earlier)
    receive(signup)
    record(None, "interest.confirmed", signup)
    return signup


def _lock(signup: InterestSignup) -> InterestSignup:
    return (
        InterestSignup.objects.select_for_update(of=("self",))
        .select_related("group__city")
        .get(pk=signup.pk)
    )


def _signed_up_before(signup: InterestSignup) -> InterestSignup | None:
    same = InterestSignup.objects.of_person(signup.email).filter(group=signup.group)
    return same.open().exclude(pk=signup.pk).select_for_update().first()


def _merge(newer: InterestSignup, *, into: InterestSignup) -> InterestSignup:
    words = {name: getattr(newer, name) for name in WRITTEN_BY_PERSON}
    topics = list(newer.topics.all())
    newer.consents.update(signup=into)
    newer.delete()
    _rewrite(into, words, topics)
    return into


def receive(signup: InterestSignup) -> None:
    """From now on the sign-up waits for coordination; called within a transaction."""
    today = timezone.localdate()
    signup.status = Status.RECEIVED
    signup.confirmed_at = timezone.now()
    signup.answer_due = add_working_days(
        today, settings.INTEREST["ANSWER_WORKING_DAYS"], city=signup.group.city
    )
    signup.save()
    notify("interest.received", signup, recipients.coordination(signup.group))
    notify("interest.status", signup, recipients.person(signup))


def belongs_already(signup: InterestSignup) -> bool:
    """Whether the owner of the address is a member of the group today."""
    members = Membership.objects.current().filter(group=signup.group)
    return members.filter(user__email__iexact=signup.email).exists()


@transaction.atomic
def correct_interest(
    signup: InterestSignup, *, topics: Iterable[Topic], **words: Any
) -> InterestSignup:
    """New words for a sign-up that nobody has decided yet. Raises ValidationError (``decided``)."""
    signup = _lock(signup)
    _require(signup, Status.UNCONFIRMED, Status.RECEIVED, Status.IN_REVIEW)
    _rewrite(signup, words, topics)
    return signup


def _rewrite(signup: InterestSignup, words: dict[str, Any], topics: Iterable[Topic]) -> None:
    for name, value in words.items():
        setattr(signup, name, value)
    signup.save(update_fields=list(words))
    signup.topics.set(topics)
    record(None, "interest.corrected", signup)
    if signup.status != Status.UNCONFIRMED:
        notify("interest.corrected", signup, recipients.coordination(signup.group))


@transaction.atomic
def answer_question(signup: InterestSignup, answer: str) -> InterestSignup:
    """What the person says to coordination's question. Raises ValidationError (``decided``)."""
    signup = _lock(signup)
    _require(signup, Status.IN_REVIEW)
    signup.answer = answer
    signup.save(update_fields=["answer"])
    record(None, "interest.answered", signup)
    notify("interest.answered", signup, recipients.coordination(signup.group))
    return signup


@transaction.atomic
def withdraw_interest(signup: InterestSignup) -> InterestSignup:
    """As easy as signing up; twice does no more than once. Raises ValidationError (``decided``)."""
    signup = _lock(signup)
    if signup.status == Status.WITHDRAWN:
        return signup
    _require(signup, Status.UNCONFIRMED, Status.RECEIVED, Status.IN_REVIEW, Status.INVITED)
    known = signup.status != Status.UNCONFIRMED
    signup.status = Status.WITHDRAWN
    signup.decided_at = timezone.now()
    signup.save(update_fields=["status", "decided_at"])
    signup.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    if signup.invitation and signup.invitation.is_open:
        signup.invitation.revoked_at = timezone.now()
        signup.invitation.save(update_fields=["revoked_at"])
    record(None, "interest.withdrawn", signup)
    if known:
        notify("interest.withdrawn", signup, recipients.coordination(signup.group))
    return signup


def _require(signup: InterestSignup, *statuses: str) -> None:
    if signup.status not in statuses:
        raise ValidationError(
            _("Your sign-up has been decided meanwhile; it can no longer be changed here."),
            code="decided",
        )


def joined(signup: InterestSignup, membership: Membership) -> None:
    """The invitation was accepted; called within its transaction."""
    signup.status = Status.MEMBER
    signup.save(update_fields=["status"])
    membership.topics.add(*signup.topics.all())
    record(membership.user, "interest.joined", signup)
