"""Which rows; ``visible_to`` is the only door to them in pages, feeds and exports."""

from typing import Any, Self

from django.db.models import Q, QuerySet


class MeetingQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The rows for which ``meetings.view_meeting`` holds."""
        if user.is_authenticated and user.is_active:
            if user.is_superuser:
                return self
            mine = user.memberships.current().values("group")
            return self.filter(Q(is_public=True) | Q(group__in=mine))
        return self.public()

    def public(self) -> Self:
        return self.filter(is_public=True)

    def with_days(self) -> Self:
        """What can stand in a calendar."""
        return self.filter(precision=self.model.Precision.DAY)

    def published(self) -> Self:
        return self.filter(status=self.model.Status.PUBLISHED)

    def newest_first(self) -> Self:
        return self.select_related("host").order_by("-begins_on", "-pk")
