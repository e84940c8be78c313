"""The plan of a working group: what it is called and how far it has come."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from actionplan.querysets import PlanQuerySet
from groups.models import WorkingGroup
from in4green.common.versioned.models import Versioned


class Plan(Versioned):
    """An Integrated Action Plan (IAP): written by one group, for one city."""

    class Status(models.TextChoices):
        ROADMAP = "roadmap", _("Roadmap")
        DRAFT = "draft", _("Draft")
        PEER_REVIEWED = "peer_reviewed", _("Reviewed by peers")
        FINAL = "final", _("Final")
        ADOPTED = "adopted", _("Adopted")
        IN_IMPLEMENTATION = "in_implementation", _("Being carried out")

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="plans", verbose_name=_("working group")
    )
    slug = models.SlugField(_("name in addresses"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    # The original; English is its translation unless it is the original itself.
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.ROADMAP, editable=False
    )
    # Which share of those who may vote must do so, and which share of the votes must agree.
    quorum = models.PositiveSmallIntegerField(
        _("quorum in percent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("So many of the group’s members must vote for a vote to count."),
    )
    majority = models.PositiveSmallIntegerField(
        _("majority in percent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("More than so many of the votes cast must be in favour."),
    )
    # A number that was given once is never given again, even if its action is gone.
    last_action_number = models.PositiveIntegerField(default=0, editable=False)
    takes_comments = models.BooleanField(
        _("the public may comment on editions"),
        default=False,
        help_text=_("Comments are shown once coordination has read them."),
    )
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["group", "-created_at"]
        constraints = [models.CheckConstraint(name="plan_has_slug", condition=~Q(slug=""))]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:plan", args=[self.slug])

    @property
    def languages(self) -> list[str]:
        """The original first."""
        return list(dict.fromkeys([self.language, "en"]))


class OfPlan(models.Model):
    """A row of a plan: it belongs to the plan's group."""

    class Meta:
        abstract = True

    @property
    def group(self) -> WorkingGroup:
        group: WorkingGroup = self.plan.group  # type: ignore[attr-defined]  # each has a plan
        return group

    @property
    def group_id(self) -> int:
        group_id: int = self.plan.group_id  # type: ignore[attr-defined]
        return group_id


class PlanStatusChange(models.Model):
    """When the plan reached a status, and who says so."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="status_changes")
    status = models.CharField(_("status"), max_length=20, choices=Plan.Status)
    # The day it became so, which may lie before the day it was entered.
    happened_on = models.DateField(_("on"))
    note = models.TextField(_("note"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of a plan’s status")
        verbose_name_plural = _("changes of plans’ status")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_status_display()}"


def in_language(original: str, english: str) -> str:
    """English for who reads English, as far as there is any."""
    return english if english and get_language() == "en" else original
