"""What is asked for by people and made by a worker."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MadeQuerySet(models.QuerySet[Any]):
    def made(self) -> Self:
        return self.filter(state=self.model.State.MADE)

    def waiting(self) -> Self:
        """To be made now: nobody else is at it."""
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())
        return self.filter(due, state=self.model.State.WAITING)


class Made(models.Model):
    """Needs a ``file`` and ``asked_at`` of its own, and a manager of ``MadeQuerySet``."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being made")
        MADE = "made", _("ready")
        FAILED = "failed", _("failed")

    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_attempt_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_made(self) -> bool:
        return self.state == self.State.MADE

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED
