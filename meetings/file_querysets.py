"""Which files and photos; ``visible_to`` is the only door to them in pages, lists and answers."""

from abc import ABC, abstractmethod
from typing import Any, Self

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

# What has a page and a group, seen from a file: the owner, or the meeting of which it is a part.
PLACES = ("meeting", "session__meeting", "visit__meeting", "practice")
MOST_ATTEMPTS = 5


def _of_groups(groups: Any) -> Q:
    found = Q()
    for path in PLACES:
        found |= Q(**{f"{path}__group__in": groups})
    return found


def _of_public_place() -> Q:
    meetings = Q(*((f"{path}__is_public", True) for path in PLACES[:-1]), _connector=Q.OR)
    return meetings | Q(practice__state="published")


class AttachedQuerySet(QuerySet[Any], ABC):
    def of_place(self, place: Any) -> Self:
        """Of a practice; of a meeting, its sessions and its visits."""
        if not hasattr(place, "sessions"):
            return self.filter(practice=place)
        return self.filter(
            Q(meeting=place)
            | Q(session__in=place.sessions.values("pk"))
            | Q(visit__in=place.visits.values("pk"))
        )

    def with_owner(self) -> Self:
        return self.select_related("session", "visit", *PLACES)

    def visible_to(self, user: Any) -> Self:
        """What everybody sees, what members see of their groups, and all that one coordinates."""
        if not (user.is_authenticated and user.is_active):
            return self.public()
        if user.is_superuser:
            return self
        mine = user.memberships.current()
        inside = self.is_for_members & _of_groups(mine.values("group"))
        coordinated = _of_groups(mine.coordinators().values("group"))
        return self.filter(self.is_for_everybody | inside | coordinated)

    def public(self) -> Self:
        return self.filter(self.is_for_everybody)

    def for_members(self) -> Self:
        return self.filter(self.is_for_members)

    @property
    @abstractmethod
    def is_for_members(self) -> Q:
        """Nothing about it concerns coordination alone."""

    @property
    @abstractmethod
    def is_for_everybody(self) -> Q:
        """It is published, and so is what it belongs to."""


class DocumentQuerySet(AttachedQuerySet):
    @property
    def is_for_members(self) -> Q:
        return ~Q(kind__in=self.model.CONFIDENTIAL)

    @property
    def is_for_everybody(self) -> Q:
        return Q(is_public=True) & _of_public_place()

    def signed_sheets(self) -> Self:
        return self.filter(kind=self.model.Kind.ATTENDANCE)

    def of_meetings_over_before(self, day: Any) -> Self:
        ends = ((f"{path}__ends_on__lt", day) for path in PLACES[:-1])
        return self.filter(Q(*ends, _connector=Q.OR))


class PhotoQuerySet(AttachedQuerySet):
    @property
    def is_for_members(self) -> Q:
        """Nobody in it has not agreed, or does so no longer."""
        people = self.model._meta.get_field("people").related_model.objects
        against = people.filter(Q(consented_on=None) | Q(withdrawn_at__isnull=False))
        return ~Q(Exists(against.filter(photo=OuterRef("pk"))))

    @property
    def is_for_everybody(self) -> Q:
        return Q(state=self.model.State.PUBLISHED) & _of_public_place() & self.is_for_members

    def with_sizes(self) -> Self:
        """And ``is_hidden``: from everybody but coordination."""
        hidden = ~self.is_for_members
        return self.annotate(is_hidden=ExpressionWrapper(hidden, BooleanField())).prefetch_related(
            "renditions"
        )

    def waiting(self) -> Self:
        """Whose sizes are to be made now."""
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())
        return self.unprepared().filter(due)

    def unprepared(self) -> Self:
        return self.filter(state=self.model.State.UPLOADED, attempts__lt=MOST_ATTEMPTS)

    def failed(self) -> Self:
        """Tried too often: they wait for a person."""
        return self.filter(state=self.model.State.UPLOADED, attempts__gte=MOST_ATTEMPTS)

    def undescribed_since(self, moment: Any) -> Self:
        """Uploaded before and never described: nobody has come back to them."""
        published = self.model.State.PUBLISHED
        return self.filter(alt="", created_at__lt=moment).exclude(state=published)


class RenditionQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        photos = self.model._meta.get_field("photo").related_model.objects
        return self.filter(photo__in=photos.visible_to(user).values("pk"))
