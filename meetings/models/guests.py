"""Partner cities that enter their own records without an account."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import City, WorkingGroup
from in4green.common.tokens import make_token
from meetings.models.meeting import Meeting
from meetings.practice_querysets import GuestLinkQuerySet


class GuestLink(models.Model):
    """For one city, for a while: its own meetings and practices as drafts, and answers.

    The token of the address is made from the key of the portal, so nothing here opens anything.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FINISHED = "finished", _("Handed in")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="guest_links", verbose_name=_("working group")
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="guest_links", verbose_name=_("city")
    )
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # Entered by the guest through this link, or opened for it by coordination.
    meetings = models.ManyToManyField(
        Meeting, blank=True, related_name="guest_links", verbose_name=_("meetings")
    )
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last used at"), null=True, editable=False)
    finished_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest link")
        verbose_name_plural = _("guest links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.city)

    @property
    def token(self) -> str:
        return make_token("meetings.guest", self.pk, self.generation)

    @property
    def state(self) -> State:
        if self.revoked_at:
            return self.State.REVOKED
        if self.finished_at:
            return self.State.FINISHED
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
