"""What a meeting agreed on: decisions, and follow-ups that come back until they are closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import Organisation
from in4green.common.versioned.models import Versioned
from meetings.minutes_querysets import DecisionQuerySet, FollowUpQuerySet
from meetings.models.meeting import Meeting


class Numbered(Versioned):
    """One of a meeting's; numbers are given in order and never again."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="%(class)ss", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)

    class Meta:
        abstract = True
        ordering = ["meeting", "number"]

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"{self._meta.model_name}-{self.number}"

    @property
    def group_id(self) -> int:
        return self.meeting.group_id


class Decision(Numbered):
    text = models.TextField(_("what was decided"), max_length=2000)
    decided_by = models.CharField(_("who decided"), max_length=200, blank=True)
    decided_on = models.DateField(_("when"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta(Numbered.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_unique")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FollowUp(Numbered):
    """Something that somebody does until a day. Open ones stand on the group's next agenda."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    what = models.CharField(_("what is to be done"), max_length=500)
    # One of the group, an organisation, or whoever else it is: at least one when entered.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("member"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("organisation"),
    )
    who = models.CharField(_("somebody else"), max_length=200, blank=True)
    due = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OPEN, editable=False
    )
    reason = models.CharField(_("remark"), max_length=500, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    # Empty where it was closed between two meetings.
    closed_in = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="closed_follow_ups",
        verbose_name=_("closed at the meeting"),
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta(Numbered.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="followup_number_unique"),
            models.CheckConstraint(
                name="followup_is_open_or_was_closed",
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & ~Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="followup_is_dropped_for_a_reason",
                condition=~Q(state="dropped") | ~Q(reason=""),
                violation_error_message=_("Please say why it is dropped."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "due"], condition=Q(state="open"), name="followup_open_of_member"
            )
        ]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due is not None and self.due < timezone.localdate()

    @property
    def responsible(self) -> str:
        """In words; a person's name is for the group alone."""
        named = (self.member, self.organisation, self.who)
        return ", ".join(str(each) for each in named if each)
