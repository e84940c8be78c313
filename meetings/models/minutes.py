"""What people write together about a meeting: minutes, of parts of it too, and the report."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import WorkingGroup
from in4green.common.making.models import Made
from in4green.livetext.models import LiveText
from meetings.minutes_querysets import MeetingTextQuerySet, PrintoutQuerySet
from meetings.models.meeting import Meeting
from meetings.models.programme import Session


class MeetingText(models.Model):
    """Open for writing by the group, then approved; the public reads it with the record."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("Minutes")
        REPORT = "report", _("Report")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="texts", verbose_name=_("meeting")
    )
    # Empty for the meeting as a whole. Removing a session must not remove what was said in it.
    session = models.ForeignKey(
        Session,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("session"),
    )
    text = models.OneToOneField(
        LiveText, models.PROTECT, related_name="meeting_text", editable=False
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
    )
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)

    objects = MeetingTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a meeting")
        verbose_name_plural = _("texts of meetings")
        ordering = ["kind", F("session").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=Q(session=None),
                name="meeting_text_once_a_meeting",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(session__isnull=False),
                name="meeting_text_once_a_session",
            ),
            models.CheckConstraint(
                condition=Q(kind="minutes") | Q(session=None),
                name="meeting_report_is_of_the_whole",
            ),
        ]

    def __str__(self) -> str:
        names = {"kind": self.get_kind_display(), "of": self.session or self.meeting}
        return _("%(kind)s: %(of)s") % names

    def get_absolute_url(self) -> str:
        return reverse("minutes:text", args=[self.meeting.slug, self.pk])

    @property
    def group(self) -> WorkingGroup:
        return self.meeting.group

    @property
    def group_id(self) -> int:
        return self.meeting.group_id

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_public(self) -> Any:
        return self.is_approved and self.meeting.is_published


class Printout(Made):
    """One state of a text as a file."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    of = models.ForeignKey(MeetingText, models.CASCADE, related_name="printouts")
    format = models.CharField(_("format"), max_length=4, choices=Format)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    # Which state of the text it shows; the same is not made twice.
    epoch = models.PositiveIntegerField(editable=False)
    seq = models.BigIntegerField(editable=False)
    file = models.FileField(_("file"), upload_to="printouts", blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("printout")
        verbose_name_plural = _("printouts")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "format", "language", "epoch", "seq"], name="printout_once_a_state"
            )
        ]
        indexes = [
            models.Index("asked_at", condition=Q(state="waiting"), name="printout_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.of} ({self.get_format_display()})"
