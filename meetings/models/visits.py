"""Places that were seen, with what the next visitors need to know."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Meeting
from meetings.models.programme import Session


class SiteVisit(Versioned):
    """A place as the meeting saw it. What is not known yet is empty."""

    class StepFree(models.TextChoices):
        YES = "yes", _("Yes, without steps")
        NO = "no", _("No, there are steps")
        UNKNOWN = "unknown", _("Not yet recorded")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="visits", verbose_name=_("meeting")
    )
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("session"),
    )
    name = models.CharField(_("name of the place"), max_length=200)
    other_name = models.CharField(_("also written"), max_length=200, blank=True)
    place = models.CharField(_("address"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    # The first day of a meeting is 1: known even where its date is not.
    day_number = models.PositiveSmallIntegerField(
        _("day of the meeting"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    shows = models.TextField(_("what it shows"), blank=True, max_length=4000)
    step_free = models.CharField(
        _("step-free"), max_length=7, choices=StepFree, default=StepFree.UNKNOWN
    )
    distance = models.PositiveIntegerField(_("distance on foot (metres)"), null=True, blank=True)
    duration = models.PositiveSmallIntegerField(_("duration (minutes)"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    group_size = models.PositiveSmallIntegerField(_("largest group"), null=True, blank=True)
    safety = models.TextField(_("hints on safety and registration"), blank=True, max_length=2000)
    sources = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("sources")
    )

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")
        ordering = ["day_number", "pk"]

    def __str__(self) -> str:
        return self.name
