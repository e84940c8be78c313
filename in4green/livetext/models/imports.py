"""A file on its way into a text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from in4green.livetext.models.texts import LiveText
from in4green.livetext.querysets import TextImportQuerySet


class TextImport(models.Model):
    """Its row is the queue: a worker reads the file, then the person decides what becomes of it."""

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        ODT = "odt", "OpenDocument"

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Problem(models.TextChoices):
        """Why nothing came of it, as a sentence for the person."""

        UNREADABLE = (
            "unreadable",
            _("The file is damaged inside. Open it in your office program and save it anew."),
        )
        LONG = "long", _("The file is too long to be read at once. Split it into several files.")
        DEEP = "deep", _("Lists or tables stand too deeply within one another.")
        EMPTY = "empty", _("There is no text in the file.")
        RIGHT = "right", _("You may no longer write this text.")

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(max_length=4, choices=Format)
    # That of the person: passages in another one are marked.
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    # Only until it has been read.
    file = models.FileField(upload_to="imports", blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    # What was read, as ProseMirror's JSON; in numbers, what was left out and how much of it fits.
    content = models.JSONField(null=True)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TextImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(fields=["text", "by"], name="textimport_one_at_a_time")
        ]
        indexes = [
            models.Index("created_at", condition=Q(state="waiting"), name="textimport_waiting")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("text:import", args=[self.text_id])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY
