"""Which rows; ``visible_to`` is the only door to them in pages, feeds and exports."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from in4green.common.names import fold


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


class ParticipationQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of the meetings of one's own groups: the rows for ``view_participation``."""
        return _inside(self, user, group="meeting__group")

    def expected(self) -> Self:
        return self.filter(answer__in=[self.model.Answer.COMING, self.model.Answer.ONLINE])

    def found_by(self, words: str) -> Self:
        """Whose name, organisation or role has every word, however it is spelled."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search_key__contains=word)
        return rows

    def with_naming_consent(self) -> Self:
        """``may_be_named`` on each row."""
        open_consent = self.model.consents.rel.related_model.objects.filter(
            participation=OuterRef("pk"), withdrawn_at=None
        )
        return self.annotate(may_be_named=Exists(open_consent))


class AttendanceQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return _inside(self, user, group="participation__meeting__group")


def _inside(rows: Any, user: Any, *, group: str) -> Any:
    """Rows of the groups to which somebody belongs today."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.is_superuser:
        return rows
    return rows.filter(**{f"{group}__in": user.memberships.current().values("group")})
