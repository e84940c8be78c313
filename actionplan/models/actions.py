"""Actions: who does what until when, and what led to it."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actionplan.models.objectives import Area, Objective
from actionplan.models.plan import OfPlan, Plan, in_language
from actionplan.querysets import ActionQuerySet
from groups.models import Organisation, Topic
from in4green.common.versioned.models import Versioned
from in4green.livetext.models import LiveText
from meetings.models import Lesson, Practice


class Action(OfPlan, Versioned):
    """Numbered once and for all, so that a number in a council paper stays true."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="actions", verbose_name=_("action plan")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary = models.TextField(_("in one or two sentences"), max_length=600, blank=True)
    summary_en = models.TextField(_("the same in English"), max_length=600, blank=True)
    objective = models.ForeignKey(
        Objective,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("objective"),
    )
    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("area of intervention"),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="actions", verbose_name=_("topics")
    )
    lead_organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_actions",
        verbose_name=_("lead organisation"),
    )
    lead_member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible member"),
    )
    lead_name = models.CharField(
        _("responsible person without an account"), max_length=120, blank=True
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partnered_actions", verbose_name=_("partners")
    )
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost in euros"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    cost_note = models.CharField(_("how the cost was estimated"), max_length=300, blank=True)
    is_unfunded = models.BooleanField(
        _("not funded"),
        default=False,
        help_text=_("There is no money for it so far. The plan says so openly."),
    )
    practices = models.ManyToManyField(
        Practice, blank=True, related_name="actions", verbose_name=_("practices that inspired it")
    )
    lessons = models.ManyToManyField(
        Lesson, blank=True, related_name="actions", verbose_name=_("lessons that led to it")
    )
    text = models.OneToOneField(LiveText, models.PROTECT, related_name="action", editable=False)
    # Given up, and why; the number stays taken.
    dropped_at = models.DateTimeField(_("dropped at"), null=True, editable=False)
    dropped_because = models.TextField(_("why it was dropped"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="action_number_unique"),
            models.CheckConstraint(
                name="action_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An action must not end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def name(self) -> str:
        """Without its number."""
        return in_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("plan:action", args=[self.plan.slug, self.number])

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    @property
    def goes_on(self) -> bool:
        """Neither dropped nor in the bin."""
        return self.dropped_at is None and self.deleted_at is None


class ActionPart(Versioned):
    """A row of an action, changed together with it."""

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    @property
    def group_id(self) -> int:
        action: Any = self.action  # type: ignore[attr-defined]  # each part has one
        return action.group_id


class Step(ActionPart):
    action = models.ForeignKey(
        Action, models.CASCADE, related_name="steps", verbose_name=_("action")
    )
    title = models.CharField(_("step"), max_length=200)
    title_en = models.CharField(_("step in English"), max_length=200, blank=True)
    responsible = models.CharField(_("who"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    # Of any action of the plan: this one can't begin before they have ended.
    after = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="before", verbose_name=_("only after")
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="step_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A step must not end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)


class TestingAction(ActionPart):
    """Tried out on a small scale before it is done: a hypothesis, what happened, what follows."""

    __test__ = False  # not a class of tests

    class Decision(models.TextChoices):
        GO = "go", _("Go on")
        CHANGE = "change", _("Change it")
        STOP = "stop", _("Stop it")

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="testing_actions", verbose_name=_("action")
    )
    title = models.CharField(_("what is tried out"), max_length=200)
    hypothesis = models.TextField(_("hypothesis"), max_length=1000)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget in euros"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    happened = models.TextField(_("what happened"), max_length=2000, blank=True)
    decision = models.CharField(_("what follows"), max_length=6, choices=Decision, blank=True)
    because = models.TextField(_("because"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("testing action")
        verbose_name_plural = _("testing actions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="testing_action_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("It must not end before it begins."),
            ),
            models.CheckConstraint(
                name="testing_action_decides_on_what_happened",
                condition=Q(decision="") | ~Q(happened=""),
                violation_error_message=_("Please say first what happened."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
