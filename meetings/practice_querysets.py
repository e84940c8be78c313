"""Which practices, lessons, challenges and answers; ``visible_to`` is the only door to them."""

from typing import Any, Self

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.utils import timezone


class GroupRows(QuerySet[Any]):
    """Rows of a working group: its members see all of them, strangers those of ``is_open``."""

    is_open: Q

    def visible_to(self, user: Any) -> Self:
        """The rows for which the permission ``meetings.view_…`` holds."""
        if not user.is_authenticated or not user.is_active:
            return self.public()
        if user.is_superuser:
            return self
        mine = user.memberships.current().values("group")
        return self.filter(self.is_open | self._in_groups(mine))

    def public(self) -> Self:
        return self.filter(self.is_open)

    def _in_groups(self, groups: Any) -> Q:
        return Q(group__in=groups)


class PracticeQuerySet(GroupRows):
    is_open = Q(state="published")

    def waiting(self) -> Self:
        """What coordination has still to look at, oldest first."""
        unseen = self.exclude(state="published").exclude(guest_link__in=_being_written())
        return unseen.order_by("created_at", "pk")

    def by_title(self) -> Self:
        return self.order_by("sort_key", "title", "pk")


def _being_written() -> QuerySet[Any]:
    """Guests are still at it: coordination looks once they have handed in, or no longer can."""
    return apps.get_model("meetings", "GuestLink").objects.open()


class LessonQuerySet(GroupRows):
    is_open = (
        Q(is_public=True)
        & (Q(practice=None) | Q(practice__state="published"))
        & (Q(visit=None) | Q(visit__meeting__is_public=True))
    )


class ChallengeQuerySet(GroupRows):
    is_open = Q(is_public=True)

    def unsolved(self) -> Self:
        return self.filter(closed_at=None)

    def helped_by(self, practice: Any) -> Self:
        """Linked by coordination, or named in an answer that is accepted."""
        answered = Q(answers__practices=practice, answers__accepted_at__isnull=False)
        found = self.model.objects.filter(Q(practices=practice) | answered)
        return self.filter(pk__in=found.order_by().values("pk")).select_related("city")

    def open_first(self) -> Self:
        """Then those that were closed last."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")


class AnswerQuerySet(GroupRows):
    is_open = Q(accepted_at__isnull=False, challenge__is_public=True)

    def waiting(self) -> Self:
        """What coordination has still to look at, oldest first."""
        return self.filter(accepted_at=None).order_by("created_at", "pk")

    def _in_groups(self, groups: Any) -> Q:
        return Q(challenge__group__in=groups)


class GuestLinkQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        """Those through which something can be entered now."""
        return self.filter(finished_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Those of the groups that somebody coordinates today."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(group__in=user.memberships.current().coordinators().values("group"))
