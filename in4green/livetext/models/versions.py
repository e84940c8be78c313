"""States of a text that people go back to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from in4green.livetext.models.log import TextSnapshot
from in4green.livetext.models.texts import LiveText
from in4green.livetext.querysets import TextVersionQuerySet


class TextVersion(models.Model):
    """A state that people can name, compare and go back to."""

    class Kind(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatic")
        NAMED = "named", _("Named")
        STATUS = "status", _("Status")
        RESTORED = "restored", _("Before a restore")
        PROPOSAL = "proposal", _("Proposal accepted")

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="versions")
    snapshot = models.ForeignKey(TextSnapshot, models.RESTRICT, related_name="versions")
    label = models.CharField(_("name"), max_length=120, blank=True)
    # Who made or accepted it, nobody for an automatic one; ``authors`` wrote since the one before.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.AUTOMATIC)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-snapshot__seq", "-pk"]

    def __str__(self) -> str:
        return self.label or f"{self.text_id}/{self.pk}"

    @property
    def title(self) -> str:
        """Its name, or how it came about."""
        if self.label:
            return self.label
        if self.kind == self.Kind.STATUS:
            return str(_("At a change of status"))
        if self.kind == self.Kind.PROPOSAL:
            return str(_("Proposal accepted"))
        is_before = self.kind == self.Kind.RESTORED
        return str(_("Before a restore") if is_before else _("Kept automatically"))
