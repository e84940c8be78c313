"""Rows that several people change: whoever saves says which version it was that was changed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Versioned(models.Model):
    # What a calendar knows the row by, for ever.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        abstract = True

    @property
    def sequence(self) -> int:
        """SEQUENCE of RFC 5545: how often the row was changed since it was first there."""
        return self.version - 1
