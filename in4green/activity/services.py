"""Telling people and remembering what was done, in the transaction of the change itself."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry, Notification
from in4green.common.sealing import seal

CHANNEL = "outbox"
State = Delivery.State


@dataclass(frozen=True)
class Recipient:
    """A user, or a plain address such as a group's functional mailbox."""

    address: str
    language: str
    user_id: int | None = None


@dataclass(frozen=True)
class Wording:
    """Subject and text that a person edited before the mail leaves."""

    subject: str
    body: str


@transaction.atomic(savepoint=False)
def notify(
    kind: str,
    subject: models.Model,
    recipients: Iterable[Recipient],
    *,
    by: Any = None,
    data: dict[str, Any] | None = None,
    wording: Wording | None = None,
    secret: dict[str, Any] | None = None,
) -> Notification:
    """Write a notification and one delivery per distinct address; the relay does the rest.

    Never touches Redis and never sends: the mail exists exactly if the change does. ``secret`` is
    encrypted at rest and emptied once the delivery is final.
    """
    notification = Notification.objects.create(kind=kind, subject=subject, by=by, data=data or {})
    unique = {recipient.address.casefold(): recipient for recipient in recipients}
    Delivery.objects.bulk_create(
        _delivery(notification, recipient, wording, secret) for recipient in unique.values()
    )
    wake_relay()
    return notification


def wake_relay() -> None:
    """Heard by every relay as soon as the transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _delivery(
    notification: Notification,
    recipient: Recipient,
    wording: Wording | None,
    secret: dict[str, Any] | None,
) -> Delivery:
    number = uuid.uuid4()
    return Delivery(
        id=number,
        notification=notification,
        user_id=recipient.user_id,
        address=recipient.address,
        language=recipient.language,
        message_id=f"<{number.hex}@{urlsplit(settings.BASE_URL).hostname}>",
        edited_subject=wording.subject if wording else "",
        edited_body=wording.body if wording else "",
        sealed=seal(secret) if secret else "",
    )


@transaction.atomic
def send_again(delivery: Delivery, *, by: Any) -> None:
    """Back to the head of the queue, with all attempts before it.

    Raises ValidationError for a mail that is on its way, has been sent, or carried a secret that
    is gone.
    """
    delivery = _locked(delivery)
    if delivery.state in (State.SENT, State.INFLIGHT):
        raise ValidationError(_("This mail is on its way or has been sent."), code="state")
    if delivery.is_final and not get_kind(delivery.notification.kind).repeatable:
        raise ValidationError(
            _("This mail carried a link or code that is no longer kept. Please start anew."),
            code="secret",
        )
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.QUEUED, attempts=0, next_at=Now(), claim=None, lease_until=None
    )
    record(by, "outbox.sent_again", delivery)
    wake_relay()


@transaction.atomic
def discard(delivery: Delivery, *, by: Any) -> None:
    """Never send this one. Raises ValidationError once it is on its way."""
    delivery = _locked(delivery)
    if delivery.state not in (State.QUEUED, State.DEAD):
        raise ValidationError(_("Only a mail that waits or has failed can be discarded."))
    Delivery.objects.filter(pk=delivery.pk).update(state=State.CANCELLED, sealed="")
    record(by, "outbox.discarded", delivery)


def _locked(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("notification")
    return rows.get(pk=delivery.pk)


def record(actor: Any, action: str, subject: models.Model | None = None, **data: Any) -> LogEntry:
    """Append to the log. ``actor`` is a user, or None for the portal itself or a stranger."""
    known = actor if getattr(actor, "is_authenticated", False) else None
    subject_type = ContentType.objects.get_for_model(subject) if subject else None
    return LogEntry.objects.create(
        actor=known,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject.pk) if subject else "",
        data=data,
    )
