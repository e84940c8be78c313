"""How a plan is agreed: the group votes, then a council or committee decides."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.models.plan import OfPlan, Plan
from actionplan.models.reviews import person
from actionplan.review_querysets import ApprovalQuerySet, DecisionQuerySet
from in4green.common.versioned.models import Versioned


class Approval(OfPlan):
    """A vote on the plan as it stood when the vote was opened; its rules are those of that day."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        TOO_FEW = "too_few", _("too few have voted")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="approvals", verbose_name=_("action plan")
    )
    words = models.TextField(_("what is voted on"), max_length=2000, blank=True)
    # One entry for each text: section, title, language, text, epoch, seq.
    states = models.JSONField(default=list, editable=False)
    quorum = models.PositiveSmallIntegerField(
        _("quorum in percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    majority = models.PositiveSmallIntegerField(
        _("majority in percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    closes_on = models.DateField(_("vote until"))
    opened_by = person(verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    closed_by = person(verbose_name=_("closed by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # Counted when it was closed; people who go later change nothing of it.
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, editable=False)
    entitled = models.PositiveIntegerField(null=True, editable=False)
    needed = models.PositiveIntegerField(null=True, editable=False)
    in_favour = models.PositiveIntegerField(null=True, editable=False)
    against = models.PositiveIntegerField(null=True, editable=False)
    abstained = models.PositiveIntegerField(null=True, editable=False)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote on a plan")
        verbose_name_plural = _("votes on plans")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at=None),
                name="approval_one_at_a_time",
                violation_error_message=_("A vote on this plan is open already."),
            ),
            models.CheckConstraint(
                name="approval_closed_has_outcome",
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False, entitled__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Vote on “%(plan)s”") % {"plan": self.plan}

    def get_absolute_url(self) -> str:
        return reverse("plan:approval", args=[self.plan.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Vote(models.Model):
    """Of somebody who may vote: there from the beginning, empty until a choice is made."""

    class Choice(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ABSTAIN = "abstain", _("abstention")

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="votes")
    user = person(verbose_name=_("person"))
    choice = models.CharField(_("your vote"), max_length=7, choices=Choice, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    voted_at = models.DateTimeField(_("voted at"), null=True, editable=False)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "user"], name="vote_once_a_person"),
            models.CheckConstraint(
                name="vote_has_time",
                condition=Q(choice="", voted_at=None) | (~Q(choice="") & Q(voted_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_choice_display()}"

    @property
    def who(self) -> str:
        return str(self.user or gettext("former member"))

    @property
    def group_id(self) -> int:
        return self.approval.group_id


class Decision(OfPlan, Versioned):
    """Of the council or one of its committees; changed afterwards only with a reason."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        WITH_CHANGES = "with_changes", _("adopted with changes")
        POSTPONED = "postponed", _("postponed")
        REFUSED = "refused", _("refused")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="decisions", verbose_name=_("action plan")
    )
    body = models.CharField(_("who has decided"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    reference = models.CharField(_("reference number"), max_length=100, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    # A random name in private storage; nobody gets at it but through a view that asks who it is.
    file = models.FileField(upload_to="plans", max_length=200, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    entered_by = person(verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a plan")
        verbose_name_plural = _("decisions on plans")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display()}"

    @property
    def is_adoption(self) -> bool:
        return self.outcome in (self.Outcome.ADOPTED, self.Outcome.WITH_CHANGES)


class DecisionCorrection(models.Model):
    """What a decision said before it was corrected, and why it was."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="corrections")
    before = models.JSONField(default=dict, editable=False)
    reason = models.TextField(_("reason"), max_length=1000)
    by = person(verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of a decision")
        verbose_name_plural = _("corrections of decisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.reason}"

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """Names and values of what was different, for people."""
        return [(_name(name), _value(name, value)) for name, value in self.before.items()]


def _name(name: str) -> Any:
    return Decision._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _value(name: str, value: str) -> Any:
    """Kept as a browser sends it."""
    if name == "outcome":
        return Decision.Outcome(value).label
    return date_format(date.fromisoformat(value)) if name == "decided_on" else value
