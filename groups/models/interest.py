"""Somebody wants to join in: the sign-up of interest and the consent that came with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.membership import Invitation
from groups.models.network import Organisation, Topic, WorkingGroup
from groups.querysets import InterestSignupQuerySet
from in4green.common.tokens import make_token


class InterestSignup(models.Model):
    """The state machine: unconfirmed → received → in review → invited → member.

    Declined and withdrawn are the other ends; ``services.interest`` and ``services.review`` hold
    every step.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
        RECEIVED = "received", _("Received")
        IN_REVIEW = "in_review", _("In review")
        INVITED = "invited", _("Invited")
        MEMBER = "member", _("Member")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        WEB = "web", _("Form on the website")
        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="signups", verbose_name=_("working group")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    kind = models.CharField(_("sector"), max_length=30, choices=Organisation.Kind)
    topics = models.ManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.WEB)

    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.UNCONFIRMED, editable=False
    )
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    answer_due = models.DateField(_("answer promised by"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decline_reason = models.TextField(_("reason"), blank=True, editable=False)
    question = models.TextField(_("question"), blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, editable=False, related_name="signup"
    )
    generation = models.PositiveSmallIntegerField(default=1, editable=False)

    # Guards of the public form: one submission per rendered form, and a keyed hash of the network
    # that is worthless the day after.
    form_token = models.CharField(  # noqa: DJ001 (unique, and many rows have none)
        max_length=64, unique=True, null=True, editable=False
    )
    network = models.CharField(max_length=32, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    overdue_told_at = models.DateTimeField(null=True, editable=False)
    deputy_told_at = models.DateTimeField(null=True, editable=False)

    objects = InterestSignupQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["group", "status", "created_at"]),
            models.Index(fields=["network", "created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                "group",
                Lower("email"),
                name="signup_one_unconfirmed",
                condition=Q(status="unconfirmed"),
            ),
            models.CheckConstraint(
                name="signup_confirmed_has_due_date",
                condition=Q(status__in=["unconfirmed", "withdrawn"])
                | Q(confirmed_at__isnull=False, answer_due__isnull=False),
            ),
            models.CheckConstraint(
                name="signup_declined_has_reason",
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                violation_error_message=_("Declining needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Promised an answer by a day that has passed, and still waiting for us."""
        if self.status not in (self.Status.RECEIVED, self.Status.IN_REVIEW):
            return False
        return self.answer_due is not None and self.answer_due < timezone.localdate()

    @property
    def token(self) -> str:
        """For the status page; confirming uses its own."""
        return make_token("interest.status", self.pk, self.generation)

    @property
    def confirmation_token(self) -> str:
        return make_token("interest.confirm", self.pk, self.generation)


class ConsentRecord(models.Model):
    """Who agreed to which text, when and how; kept as proof after a withdrawal."""

    class Purpose(models.TextChoices):
        INTEREST = "interest", _("Handling of the sign-up")

    class Medium(models.TextChoices):
        WEB = "web", _("Website")
        PAPER = "paper", _("On paper")
        PHONE = "phone", _("By phone")

    signup = models.ForeignKey(
        InterestSignup, models.CASCADE, related_name="consents", verbose_name=_("sign-up")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=8)
    medium = models.CharField(_("given"), max_length=10, choices=Medium, default=Medium.WEB)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.text_version}"
