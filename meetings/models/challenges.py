"""A city puts a problem to the others; they answer and point to practices."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import City, Topic, WorkingGroup
from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Language
from meetings.models.practices import Practice
from meetings.practice_querysets import AnswerQuerySet, ChallengeQuerySet


class Challenge(Versioned):
    """Open until the city closes it; answered by others, whose answers are looked at first."""

    slug = models.SlugField(_("name in addresses"), max_length=100, unique=True, editable=False)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="challenges", verbose_name=_("working group")
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="challenges", verbose_name=_("city")
    )
    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("problem"), max_length=4000)
    tried = models.TextField(_("what was tried"), blank=True, max_length=4000)
    question = models.TextField(_("question to the others"), max_length=2000)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="challenges", verbose_name=_("topics")
    )
    written_in = models.CharField(
        _("language of the text"), max_length=8, choices=Language, default=Language.GERMAN
    )
    is_public = models.BooleanField(_("visible to everybody"), default=False)
    practices = models.ManyToManyField(
        Practice, blank=True, related_name="challenges", verbose_name=_("practices that help")
    )
    # Hears of answers, as coordination does.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("challenges:challenge", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Answer(models.Model):
    """By a city to another one's challenge. One from a guest link waits until it is accepted."""

    challenge = models.ForeignKey(
        Challenge, models.CASCADE, related_name="answers", verbose_name=_("challenge")
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="answers", verbose_name=_("city that answers")
    )
    text = models.TextField(_("answer"), max_length=4000)
    written_in = models.CharField(
        _("language of the text"), max_length=8, choices=Language, default=Language.GERMAN
    )
    practices = models.ManyToManyField(
        Practice, blank=True, related_name="answers", verbose_name=_("practices that help")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    guest_link = models.ForeignKey(
        "meetings.GuestLink", models.SET_NULL, null=True, editable=False, related_name="answers"
    )
    # What the same form has sent twice is there once.
    token = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.city}: {self.challenge}"

    def get_absolute_url(self) -> str:
        return f"{self.challenge.get_absolute_url()}#answer-{self.pk}"

    @property
    def group_id(self) -> int:
        """For the rules, as every row of a group has it."""
        return self.challenge.group_id

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None
