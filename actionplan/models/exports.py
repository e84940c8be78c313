"""Files of a plan to take away: of its draft for the group, of an edition for everybody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.export_querysets import PlanExportQuerySet
from actionplan.models.editions import Edition, EditionFile
from actionplan.models.plan import Plan
from in4green.common.making.models import Made


class PlanExport(Made):
    """Of an edition, only the way to its file (``EditionFile``); of the draft, the file itself."""

    Format = EditionFile.Format

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exports")
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="exports")
    format = models.CharField(_("format"), max_length=4, choices=EditionFile.Format)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    # In per cent, for whoever waits.
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    file = models.FileField(_("file"), upload_to="plans", blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)

    objects = PlanExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of a plan")
        verbose_name_plural = _("exports of plans")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "format", "language"],
                condition=Q(edition=None, state="waiting"),
                name="plan_export_waits_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "format", "language"], name="edition_export_once"
            ),
        ]
        indexes = [
            models.Index("asked_at", condition=Q(state="waiting"), name="plan_export_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.get_format_display()}, {self.language})"
