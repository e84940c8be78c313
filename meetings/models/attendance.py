"""Who comes to a meeting, for whom, and who was there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import City, Organisation
from in4green.common.names import SearchKeyField, SortKeyField
from in4green.common.tokens import make_token
from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Meeting
from meetings.models.programme import Session
from meetings.querysets import AttendanceQuerySet, ParticipationQuerySet


class Participation(Versioned):
    """One person's part in one meeting: a member of the group, or somebody known by name only.

    Name and organisation stand as they were then: a list that was signed does not change when a
    person does.
    """

    class Answer(models.TextChoices):
        OPEN = "open", _("no answer yet")
        COMING = "coming", _("is coming")
        ONLINE = "online", _("takes part online")
        NOT_COMING = "not_coming", _("can't come")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participations", verbose_name=_("meeting")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=120)
    sort_key = SortKeyField("name")
    search_key = SearchKeyField("name", "organisation", "role")
    # Of somebody without an account; others have theirs there.
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_guest = models.BooleanField(_("guest from outside the delegations"), default=False)
    city = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("represents the city"),
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=30, choices=Organisation.Kind, blank=True
    )
    role = models.CharField(_("role"), max_length=120, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    # Raised by a renewal: every older link then leads nowhere.
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index("meeting", "sort_key", name="participation_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="participation_once_per_account",
                violation_error_message=_("This person is already on the list."),
            ),
            models.UniqueConstraint(
                "meeting",
                Lower("email"),
                condition=~Q(email=""),
                name="participation_once_per_address",
                violation_error_message=_("Somebody with this address is already on the list."),
            ),
            models.CheckConstraint(
                name="participation_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A person on the list has a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where mails go; empty for somebody known by name only."""
        return self.user.email if self.user else self.email

    @property
    def token(self) -> str:
        return make_token("participation", self.pk, self.generation)


class NamingConsent(models.Model):
    """A person's agreement to be named on the public page; the history stays as proof."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="consents", verbose_name=_("participation")
    )
    text_version = models.PositiveSmallIntegerField(_("version of the text"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    # None where the person did so by a link from a mail.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent to be named")
        verbose_name_plural = _("consents to be named")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(withdrawn_at=None),
                name="naming_consent_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.participation)


class Attendance(models.Model):
    """What was recorded of a person for a whole day, or for one session of it."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="attendances", verbose_name=_("participation")
    )
    day = models.DateField(_("day"), null=True, blank=True)
    # Removing a session must not remove the proof of who was there.
    session = models.ForeignKey(
        Session,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("session"),
    )
    state = models.CharField(_("state"), max_length=7, choices=State)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["day", "session", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attendance_of_a_day_or_of_a_session",
                condition=Q(day__isnull=True) ^ Q(session__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["participation", "day"],
                condition=Q(session=None),
                name="attendance_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["participation", "session"],
                condition=Q(day=None),
                name="attendance_once_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation} · {self.get_state_display()}"


class Needs(models.Model):
    """What somebody eats and needs; for whoever organises the meeting, and gone soon after it."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="needs", verbose_name=_("participation")
    )
    diet = models.TextField(_("food"), max_length=500, blank=True)
    access = models.TextField(_("access and support"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return str(self.participation)
