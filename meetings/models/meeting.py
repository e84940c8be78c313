"""A meeting: where, when and what for. What happened at it hangs on it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import City, WorkingGroup
from in4green.common.versioned.models import Versioned
from meetings.days import days_in_words
from meetings.querysets import MeetingQuerySet


class Language(models.TextChoices):
    """Those of the network's cities, and English, in which they meet (BCP 47)."""

    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    ITALIAN = "it", _("Italian")
    GREEK = "el", _("Greek")
    MONTENEGRIN = "cnr", _("Montenegrin")
    POLISH = "pl", _("Polish")
    CZECH = "cs", _("Czech")
    CATALAN = "ca", _("Catalan")


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("This is not the name of a time zone."), code="time_zone")


class Meeting(Versioned):
    """Of one group. Strangers see it once it is announced, its record once that is published."""

    class Kind(models.TextChoices):
        TRANSNATIONAL = "transnational", _("Transnational meeting")
        LOCAL_GROUP = "local_group", _("Meeting of the local group")
        COORDINATION = "coordination", _("Coordination meeting")
        ONLINE_LEARNING = "online_learning", _("Online learning session")
        STUDY_VISIT = "study_visit", _("Study visit")
        PUBLIC_EVENT = "public_event", _("Public event")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        PUBLISHED = "published", _("Record published")
        CANCELLED = "cancelled", _("Cancelled")

    class Precision(models.TextChoices):
        DAY = "day", _("The days are known")
        MONTH = "month", _("Only the month is known")
        YEAR = "year", _("Only the year is known")

    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True, editable=False)
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="meetings", verbose_name=_("working group")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # As the network counts, or the group its own meetings; empty where nobody counts.
    ordinal = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    title = models.CharField(_("title"), max_length=200)
    # For ``lang``: what people have written here stays in their language.
    written_in = models.CharField(
        _("language of the record"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    host = models.ForeignKey(
        City,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("host city"),
    )
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    # Of a month or year it is known that the meeting lay in it, from its first day to its last.
    precision = models.CharField(
        _("how exactly the days are known"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("online link"), max_length=500, blank=True)
    languages = ArrayField(
        models.CharField(max_length=8, choices=Language),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )
    objective = models.TextField(_("objective"), blank=True, max_length=4000)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PLANNED, db_index=True
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancelled_because = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    is_public = models.BooleanField(_("announced to the public"), default=False)
    # Addresses or names of what a fact was taken from.
    sources = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("sources")
    )
    # How often its sessions were changed: the days in a calendar are as long as they are.
    programme_version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-begins_on", "-pk"]
        indexes = [models.Index("begins_on", "id", name="meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_not_before_it_begins",
                condition=Q(ends_on__gte=F("begins_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="meeting_record_is_public_once_published",
                condition=~Q(status="published") | Q(is_public=True),
                violation_error_message=_("A published record is public."),
            ),
            models.CheckConstraint(
                name="meeting_is_cancelled_at_some_time",
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.slug])

    @property
    def has_days(self) -> bool:
        return self.precision == self.Precision.DAY

    @property
    def when(self) -> str:
        return days_in_words(self.begins_on, self.ends_on, self.precision)

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """From the first to the last session, where all happens on one day and times are known."""
        zone = ZoneInfo(self.time_zone)
        day = self.begins_on
        timed = [
            (datetime.combine(day, one.starts, zone), datetime.combine(day, one.ends, zone))
            for one in self.sessions.all()
            if one.starts and one.ends and one.day == day == self.ends_on
        ]
        if not timed:
            return None
        return min(starts for starts, _ends in timed), max(ends for _starts, ends in timed)

    @property
    def kind_and_number(self) -> str:
        if self.ordinal is None:
            return str(self.get_kind_display())
        values = {"kind": self.get_kind_display(), "number": self.ordinal}
        return _("%(kind)s no. %(number)s") % values

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def sequence(self) -> int:
        """Rises with each change of the meeting or its programme, never falls."""
        return super().sequence + self.programme_version

    @property
    def language_names(self) -> list[Any]:
        return [Language(code).label for code in self.languages]
