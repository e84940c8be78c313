"""What the actions are for: objectives, areas of intervention, sources of money."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actionplan.models.plan import OfPlan, Plan, in_language
from in4green.common.versioned.models import Versioned


class Objective(OfPlan, Versioned):
    """A strategic one, or a specific one that is part of it."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="objectives", verbose_name=_("action plan")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("strategic objective"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("objective"), max_length=300)
    title_en = models.CharField(_("objective in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objective_is_not_part_of_itself",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)


class Area(OfPlan, Versioned):
    """An area of intervention: the plan's own, not a topic of the network."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="areas", verbose_name=_("action plan")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("area of intervention"), max_length=200)
    title_en = models.CharField(_("area of intervention in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("area of intervention")
        verbose_name_plural = _("areas of intervention")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)


class FundingSource(OfPlan, Versioned):
    """Where money comes from, named once for all actions of a plan."""

    class Kind(models.TextChoices):
        OWN = "own", _("Municipal budget")
        STATE = "state", _("State")
        NATIONAL = "national", _("Federal or national")
        EU = "eu", _("European Union")
        PRIVATE = "private", _("Companies")
        FOUNDATION = "foundation", _("Foundations and donations")
        OTHER = "other", _("Other")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="funding_sources", verbose_name=_("action plan")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("funding source"), max_length=200)
    title_en = models.CharField(_("funding source in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)
