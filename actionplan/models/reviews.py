"""Reviews: who is asked to look through a plan by a day, and what they say to it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.models.plan import OfPlan, Plan
from actionplan.models.sections import Section
from actionplan.review_querysets import PeerLinkQuerySet, ReviewQuerySet
from groups.models import City
from in4green.common.tokens import make_token


def person(**options: Any) -> models.ForeignKey:
    """Whose name goes with the account; what they did stays with the plan."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        **options,
    )  # fmt: skip


class Review(OfPlan):
    """Of the plan as a whole, or of some sections; open until coordination closes it."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="reviews", verbose_name=_("action plan")
    )
    # Said, not concluded from there being no sections: those that are gone leave no trace.
    is_whole = models.BooleanField(_("the whole plan"), default=True, editable=False)
    sections = models.ManyToManyField(
        Section, blank=True, related_name="reviews", verbose_name=_("sections")
    )
    words = models.TextField(_("what it is about"), max_length=4000, blank=True)
    due_on = models.DateField(_("answers until"))
    asked_by = person(verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    closed_by = person(verbose_name=_("closed by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return gettext("Review of “%(plan)s”") % {"plan": self.plan}

    def get_absolute_url(self) -> str:
        return reverse("plan:review", args=[self.plan.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class ReviewRequest(models.Model):
    """One member who is asked. Answered: has said something, or that there is nothing to say."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="requests")
    user = person(verbose_name=_("person"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("request for a review")
        verbose_name_plural = _("requests for reviews")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="review_asks_a_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.review}"

    @property
    def group_id(self) -> int:
        return self.review.group_id


class PeerLink(models.Model):
    """For people of another city: they read what is under review, and say something to it.

    The token of the address is made from the key of the portal, so nothing here opens anything.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Withdrawn")
        CLOSED = "closed", _("The review is closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="peers")
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("city"))
    # Forgotten when the review is closed: until then the reminder goes there.
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    created_by = person()
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last used at"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = PeerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for a peer review")
        verbose_name_plural = _("links for peer reviews")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.city)

    @property
    def group_id(self) -> int:
        return self.review.group_id

    @property
    def token(self) -> str:
        return make_token("actionplan.peer", self.pk, self.generation)

    @property
    def state(self) -> State:
        if self.revoked_at:
            return self.State.REVOKED
        if not self.review.is_open:
            return self.State.CLOSED
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Statement(models.Model):
    """What a member, or somebody of another city, says to the plan or to one section."""

    class Position(models.TextChoices):
        FOR = "for", _("in favour")
        AGAINST = "against", _("against")
        NEUTRAL = "neutral", _("a remark")

    class Verdict(models.TextChoices):
        TAKEN_OVER = "taken_over", _("taken over")
        PARTLY = "partly", _("taken over in part")
        NOT = "not", _("not taken over")

    review = models.ForeignKey(Review, models.CASCADE, related_name="statements")
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("about"),
    )
    # What the section was called then: it outlives the section. Empty for the plan as a whole.
    about = models.CharField(max_length=200, blank=True, editable=False)
    author = person(verbose_name=_("author"))
    link = models.ForeignKey(
        PeerLink, models.RESTRICT, null=True, editable=False, related_name="statements"
    )
    # Of somebody without an account; the city is the link's.
    name = models.CharField(_("your name"), max_length=120, blank=True)
    position = models.CharField(_("your position"), max_length=7, choices=Position)
    reasons = models.TextField(_("reasons"), max_length=5000, blank=True)
    # Of the form: sent twice, it is one statement.
    token = models.UUIDField(unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("corrected at"), null=True, editable=False)
    verdict = models.CharField(_("outcome"), max_length=10, choices=Verdict, blank=True)
    reply = models.TextField(_("answer"), max_length=2000, blank=True)
    replied_by = person(verbose_name=_("answered by"))
    replied_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_against_has_reasons",
                condition=Q(position="for") | ~Q(reasons=""),
                violation_error_message=_("Please say why."),
            ),
            models.CheckConstraint(
                name="statement_not_taken_over_says_why",
                condition=Q(verdict__in=["", "taken_over"]) | ~Q(reply=""),
                violation_error_message=_("Please say why it is not taken over."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_position_display()}"

    @property
    def group_id(self) -> int:
        return self.review.group_id

    @property
    def who(self) -> str:
        if self.link:
            return f"{self.name}, {self.link.city}"
        return str(self.author or gettext("former member"))

    @property
    def anchor(self) -> str:
        return f"statement-{self.pk}"

    @property
    def is_answered(self) -> bool:
        return bool(self.verdict)
