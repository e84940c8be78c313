"""The notebook: texts that a group writes together, before and beside the plan."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models.network import WorkingGroup
from groups.querysets import NoteQuerySet
from in4green.livetext.models import LiveText


class Note(models.Model):
    """A named text of one group; members write in it, readers read it."""

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="notes", verbose_name=_("working group")
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.OneToOneField(LiveText, models.PROTECT, related_name="note", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    # Closed notes can be read by the group and written by nobody.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notebook:note", args=[self.pk])

    @property
    def is_closed(self) -> Any:
        return self.closed_at is not None
