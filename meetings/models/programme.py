"""The programme of a meeting: sessions, and what came out of each."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, ExpressionWrapper, F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.models import Versioned
from meetings.models.meeting import Meeting

ROOM_TAKEN = _("Two sessions are in this room at the same time.")


def moment(field: str) -> ExpressionWrapper:
    return ExpressionWrapper(F("day") + F(field), output_field=models.DateTimeField())


class Hours(Func):
    """From the start to the end, by the clock at the place; a session touches the next one."""

    function = "tsrange"
    output_field = DateTimeRangeField()


class Session(Versioned):
    """A part of one day. What is not known yet is empty."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        METHOD = "method", _("Method session")
        CONTENT = "content", _("Content session")
        VISIT = "visit", _("Visit")
        SOCIAL = "social", _("Social programme")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="sessions", verbose_name=_("meeting")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"), null=True, blank=True)
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)
    room = models.CharField(_("room"), max_length=100, blank=True)
    track = models.CharField(_("track"), max_length=60, blank=True)
    speakers = models.CharField(_("speakers"), max_length=300, blank=True)
    urbact_tool = models.CharField(_("URBACT tool"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True, max_length=8000)
    outcomes = models.TextField(_("outcomes"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        # As the day goes; what has no day or time yet comes last.
        ordering = ["day", "starts", "track", "pk"]
        constraints = [
            models.CheckConstraint(
                name="session_has_both_times_or_none",
                condition=Q(starts=None, ends=None)
                | Q(day__isnull=False, starts__isnull=False, ends__isnull=False),
                violation_error_message=_("A session with a time has a day, a start and an end."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(starts=None) | Q(ends__gt=F("starts")),
                violation_error_message=_("A session ends after it starts, on the same day."),
            ),
            # Deferred, so that two sessions can change rooms in one go.
            ExclusionConstraint(
                name="session_has_the_room_to_itself",
                expressions=[
                    (F("meeting"), RangeOperators.EQUAL),
                    (Lower("room"), RangeOperators.EQUAL),
                    (Hours(moment("starts"), moment("ends")), RangeOperators.OVERLAPS),
                ],
                condition=Q(starts__isnull=False) & ~Q(room=""),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=ROOM_TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.title
