"""What an action costs, what can go wrong, and by what its success is seen."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.models.actions import Action, ActionPart
from actionplan.models.objectives import FundingSource
from actionplan.models.plan import in_language


def _euros(name: Any) -> models.DecimalField:
    return models.DecimalField(
        name, max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )


class Funding(ActionPart):
    """Money for one action, from one source, in one year."""

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="fundings", verbose_name=_("action")
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="fundings", verbose_name=_("funding source")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    planned = _euros(_("planned"))
    secured = _euros(_("secured"))
    spent = _euros(_("spent"))

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        ordering = ["year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "source", "year"],
                name="funding_once_a_source_and_year",
                violation_error_message=_("This source stands here for this year already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"


class Risk(ActionPart):
    class Kind(models.TextChoices):
        FINANCIAL = "financial", _("Financial")
        LEGAL = "legal", _("Legal")
        TECHNICAL = "technical", _("Technical")
        ORGANISATIONAL = "organisational", _("Organisational")
        POLITICAL = "political", _("Political")
        ACCEPTANCE = "acceptance", _("Acceptance")
        ENVIRONMENTAL = "environmental", _("Environmental")
        OTHER = "other", _("Other")

    class Level(models.IntegerChoices):
        """For likelihood and impact alike."""

        VERY_LOW = 1, _("very low")
        LOW = 2, _("low")
        MEDIUM = 3, _("medium")
        HIGH = 4, _("high")
        VERY_HIGH = 5, _("very high")

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="risks", verbose_name=_("action")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    title = models.CharField(_("risk"), max_length=300)
    title_en = models.CharField(_("risk in English"), max_length=300, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Level)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=Level)
    mitigation = models.TextField(_("what we do about it"), max_length=1000, blank=True)
    owner = models.CharField(_("who keeps an eye on it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="risk_levels_are_one_to_five",
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)


class Indicator(ActionPart):
    """Output is what is produced, result is what changes by it."""

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Output")
        RESULT = "result", _("Result")

    class Measure(models.TextChoices):
        NUMBER = "number", _("Number")
        YES_NO = "yes_no", _("Yes or no")
        WORDS = "words", _("Words")

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="indicators", verbose_name=_("action")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    measure = models.CharField(
        _("measured by"), max_length=6, choices=Measure, default=Measure.NUMBER
    )
    title = models.CharField(_("indicator"), max_length=300)
    title_en = models.CharField(_("indicator in English"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    # Numbers as such, 0 and 1 for no and yes.
    baseline = models.DecimalField(
        _("baseline"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_words = models.CharField(_("baseline in words"), max_length=300, blank=True)
    target_words = models.CharField(_("target in words"), max_length=300, blank=True)
    baseline_on = models.DateField(_("baseline of"), null=True, blank=True)
    target_on = models.DateField(_("target by"), null=True, blank=True)
    source = models.CharField(_("source of the data"), max_length=300, blank=True)
    responsible = models.CharField(_("who measures"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_number_has_a_unit",
                condition=~Q(measure="number") | ~Q(unit=""),
                violation_error_message=_("Please say in which unit the number is counted."),
            ),
            models.CheckConstraint(
                name="indicator_yes_is_one_and_no_is_zero",
                condition=~Q(measure="yes_no")
                | (
                    (Q(baseline=None) | Q(baseline__in=[0, 1]))
                    & (Q(target=None) | Q(target__in=[0, 1]))
                ),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)
