"""Who was told what about a meeting, and the secret links of calendars."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from in4green.common.tokens import make_token
from meetings.models.attendance import Participation
from meetings.models.meeting import Meeting


class Correspondence(models.Model):
    """What those concerned have been told of a meeting so far."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, primary_key=True, related_name="correspondence"
    )
    # The facts as they last stood in a mail, or as they were while nobody was to be told.
    told = models.JSONField(default=dict)
    # Set while a change waits whether more of them follow.
    tell_at = models.DateTimeField(null=True)
    # The first day that the reminder was about: a meeting that moves is due anew.
    week_reminded_for = models.DateField(null=True)
    day_reminded_for = models.DateField(null=True)
    record_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondence")
        indexes = [
            models.Index(
                fields=["tell_at"],
                name="correspondence_waiting",
                condition=Q(tell_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class MeetingInvitation(models.Model):
    """Somebody on the list of a meeting was invited to it by mail."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, primary_key=True, related_name="invitation"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()

    class Meta:
        verbose_name = _("invitation to a meeting")
        verbose_name_plural = _("invitations to meetings")

    def __str__(self) -> str:
        return str(self.participation)


class CalendarLink(models.Model):
    """A person's own calendar at a secret address; only what it is made from is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_link"
    )
    # Raised by a renewal: every older address is gone then.
    generation = models.PositiveSmallIntegerField(default=1)
    is_on = models.BooleanField(default=True)
    renewed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def token(self) -> str:
        return make_token("calendar", self.pk, self.generation)
