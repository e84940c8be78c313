"""What somebody proposes for a text, and what was decided about each part of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from in4green.livetext.models.texts import LiveText
from in4green.livetext.querysets import TextProposalQuerySet


class TextProposal(models.Model):
    """A fork of a text: what it began with, and what it shall say.

    Both are kept as content, without comments: a proposal can be read and reviewed whatever
    becomes of the text's history.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        SENT = "sent", _("Waits for a decision")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    text = models.ForeignKey(LiveText, models.CASCADE, related_name="proposals")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    base_epoch = models.PositiveIntegerField()
    base_seq = models.BigIntegerField()
    base = models.JSONField()
    content = models.JSONField()
    note = models.TextField(_("Why you propose this"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = TextProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                name="textproposal_sent_has_time",
                condition=Q(state="draft") ^ Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="textproposal_decided_has_time",
                condition=~Q(state="decided") | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.pk}"

    @property
    def group_id(self) -> int | None:
        """For the log: which group this belongs to."""
        from in4green.livetext.owners import owner_of

        return owner_of(self.text).group_id(self.text)


class ProposalDecision(models.Model):
    """What one person decided at one time about some of a proposal's changes."""

    proposal = models.ForeignKey(TextProposal, models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.pk}"


class ProposedChange(models.Model):
    """One block that a sent proposal changes, adds or takes away; decided once.

    Places count the blocks of ``base`` and ``content``; an empty range of the one is where a
    block of the other is added or taken away. They are kept as they were when it was sent, so
    that a number means the same change for ever.
    """

    class Verdict(models.TextChoices):
        OPEN = "", _("Not decided yet")
        ACCEPTED = "accepted", _("Accepted")
        ANEW = "anew", _("Accepted, inserted anew")
        DECLINED = "declined", _("Declined")
        MOOT = "moot", _("Was so already")

    proposal = models.ForeignKey(TextProposal, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    old_start = models.PositiveIntegerField()
    old_end = models.PositiveIntegerField()
    new_start = models.PositiveIntegerField()
    new_end = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict, default="", blank=True)
    decision = models.ForeignKey(
        ProposalDecision, models.CASCADE, null=True, related_name="changes"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="proposedchange_number_unique"
            ),
            models.CheckConstraint(
                name="proposedchange_verdict_has_decision",
                condition=Q(verdict="") ^ Q(decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}.{self.number}"
