"""A barrier that somebody reported: a case with a date by which it must be answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models.network import WorkingGroup
from groups.querysets import BarrierReportQuerySet


class BarrierReport(models.Model):
    """Answered within six weeks (BITVNRW § 5), with a note on the Ombudsstelle."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        related_name="barrier_reports",
        verbose_name=_("working group"),
    )
    page = models.CharField(_("page"), max_length=500, blank=True)
    description = models.TextField(_("what does not work"), max_length=4000)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    due = models.DateField(_("answer due by"))
    interim_reply_at = models.DateTimeField(_("interim reply at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    form_token = models.CharField(  # noqa: DJ001 (unique, and many rows have none)
        max_length=64, unique=True, null=True, editable=False
    )
    network = models.CharField(max_length=32, blank=True, editable=False)

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported barrier")
        verbose_name_plural = _("reported barriers")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.description[:60]
