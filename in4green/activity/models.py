"""What happened (the log) and who was told (the outbox)."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from in4green.activity.querysets import DeliveryQuerySet, LogEntryQuerySet
from in4green.common.sealing import unseal


class Notification(models.Model):
    """Something that people must be told, written in the transaction of the change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.CharField(max_length=36)
    subject = GenericForeignKey("subject_type", "subject_id")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    def read_subject(self, *related: str) -> models.Model | None:
        """As it is now, together with its ``related`` rows; None when it is gone."""
        kind: ContentType = ContentType.objects.get_for_id(self.subject_type_id)
        rows = kind.get_all_objects_for_this_type(pk=self.subject_id)
        subject: models.Model | None = rows.select_related(*related).first()
        if subject:
            self.subject = subject
        return subject


class Delivery(models.Model):
    """One mail to one recipient: the row is the queue, Celery only rings."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        INFLIGHT = "inflight", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    message_id = models.CharField("Message-ID", max_length=200, unique=True, editable=False)
    # Only what a person edited before it left; everything else is rendered when sent.
    edited_subject = models.CharField(_("subject"), max_length=200, blank=True)
    edited_body = models.TextField(_("text"), blank=True)
    # What must be told but must not be readable at rest (a code, a reset link): encrypted, and
    # emptied as soon as the delivery is final.
    sealed = models.TextField(blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), db_default=models.functions.Now())
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    smtp_reply = models.CharField(_("answer of the mail server"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["next_at"], name="delivery_waiting", condition=Q(state="queued")),
            models.Index(
                fields=["lease_until"], name="delivery_leased", condition=Q(state="inflight")
            ),
            models.Index(fields=["state"], name="delivery_dead", condition=Q(state="dead")),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_inflight_is_leased",
                condition=~Q(state="inflight") | Q(lease_until__isnull=False, claim__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_sent_has_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_final_keeps_no_secret",
                condition=Q(state__in=["queued", "inflight"]) | Q(sealed=""),
            ),
        ]

    def __str__(self) -> str:
        from in4green.activity.kinds import title_of

        return f"{title_of(self.notification.kind)} → {self.address}"

    @property
    def is_final(self) -> bool:
        """Nothing will happen to it by itself any more."""
        return self.state not in (self.State.QUEUED, self.State.INFLIGHT)

    @property
    def secret(self) -> dict[str, Any]:
        """What must be told but not kept. Raises InvalidToken once the delivery is final."""
        return unseal(self.sealed)


class LogEntry(models.Model):
    """One thing that somebody did; append-only (a trigger sees to it), chained once sealed.

    Without a foreign key in the database: when a person is erased the row stays as it was sealed,
    and the number that remains is a pseudonym. Read ``actor`` through ``select_related``, which
    gives None then.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("who"),
    )
    action = models.CharField(_("what"), max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    subject_id = models.CharField(max_length=36, blank=True)
    data = models.JSONField(default=dict)
    # Place in the chain, without gaps, and the seal over this row and the seal before it.
    number = models.BigIntegerField(null=True, unique=True, editable=False)
    seal = models.BinaryField(max_length=32, null=True, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = [F("id").desc()]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["id"], name="log_unsealed", condition=Q(number__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="log_number_comes_with_seal",
                condition=Q(number__isnull=True, seal__isnull=True)
                | Q(number__gt=0, seal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
