"""A text, and the pictures in it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from in4green.livetext import schema
from in4green.livetext.querysets import LiveTextQuerySet


class LiveText(models.Model):
    """A text that several people write at once. Its owner is found by ``kind`` (``owners``)."""

    kind = models.CharField(max_length=30, editable=False)
    # Raised where two histories must never be merged: restored backup, erasure, new schema.
    epoch = models.PositiveIntegerField(default=1, editable=False)
    head_seq = models.BigIntegerField(default=0, editable=False)
    snapshot_seq = models.BigIntegerField(default=0, editable=False)
    schema_version = models.PositiveSmallIntegerField(default=schema.version, editable=False)
    # Raised with every change of rights: an update that was checked before is checked again.
    perm_version = models.PositiveIntegerField(default=0, editable=False)
    # How often somebody has begun to build it since it was last built to the end.
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    quarantined_at = models.DateTimeField(_("quarantined at"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)

    # The row that owns it, where a page that shows it has fetched that already.
    known_row: Any = None

    objects = LiveTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("live text")
        verbose_name_plural = _("live texts")
        constraints = [
            models.CheckConstraint(
                name="livetext_snapshot_not_ahead",
                condition=Q(snapshot_seq__lte=models.F("head_seq")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TextImage(models.Model):
    """A picture in a text: re-encoded, in private storage, for whoever may read the text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(LiveText, models.CASCADE, related_name="images")
    file = models.FileField(_("file"), upload_to="texts")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """The same in all languages: it stands in the text."""
        return reverse("text_image", args=[self.pk])
