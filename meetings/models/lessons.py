"""What a city takes home from a practice or a visit, so that an action can cite it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import City, WorkingGroup
from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Language
from meetings.models.practices import Practice
from meetings.models.visits import SiteVisit
from meetings.practice_querysets import LessonQuerySet


class Lesson(Versioned):
    """Drawn by a city, of what it has seen. Strangers see it where all it is about is public."""

    class Verdict(models.TextChoices):
        TAKE_OVER = "take_over", _("We take it over")
        ADAPT = "adapt", _("We adapt it")
        DONT = "dont", _("We don't do it")

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="lessons", verbose_name=_("working group")
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="lessons", verbose_name=_("city that draws it")
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("practice"),
    )
    visit = models.ForeignKey(
        SiteVisit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("site visit"),
    )
    verdict = models.CharField(_("what we do"), max_length=10, choices=Verdict)
    because = models.TextField(_("because"), max_length=2000)
    written_in = models.CharField(
        _("language of the text"), max_length=8, choices=Language, default=Language.GERMAN
    )
    is_public = models.BooleanField(_("visible to everybody"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="lesson_is_about_something",
                condition=Q(practice__isnull=False) | Q(visit__isnull=False),
                violation_error_message=_("A lesson is drawn from a practice or from a visit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.subject}"

    @property
    def subject(self) -> Practice | SiteVisit:
        """What it is about in the first place."""
        return self.practice or self.visit  # type: ignore[return-value]  # one is there

    @property
    def origin(self) -> str:
        """The address of what it was drawn from."""
        if self.practice:
            return self.practice.get_absolute_url()
        assert self.visit  # noqa: S101 (one is there)
        return f"{self.visit.meeting.get_absolute_url()}#visit-{self.visit.pk}"

    def get_absolute_url(self) -> str:
        """For ever, so that an action can cite it."""
        return reverse("lessons:lesson", args=[self.pk])
