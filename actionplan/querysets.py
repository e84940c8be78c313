"""Which rows; ``visible_to`` is the only door to them in pages and exports."""

from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet


class _Inside(QuerySet[Any]):
    """A plan is its group's own; others read its editions."""

    _group = "plan__group"

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(**{f"{self._group}__in": user.memberships.current().values("group")})


class PlanQuerySet(_Inside):
    _group = "group"


class SectionQuerySet(_Inside):
    def there(self) -> Self:
        return self.filter(deleted_at=None)

    def in_bin(self) -> Self:
        return self.exclude(deleted_at=None)


class ActionQuerySet(_Inside):
    def there(self) -> Self:
        return self.filter(deleted_at=None)

    def going_on(self) -> Self:
        """Neither deleted nor dropped."""
        return self.there().filter(dropped_at=None)

    def in_bin(self) -> Self:
        return self.exclude(deleted_at=None)

    def with_gaps(self) -> Self:
        """Which of its parts an action has: ``has_steps`` and the like."""
        parts = ("steps", "fundings", "indicators", "risks")
        return self.annotate(**{f"has_{name}": self._has(name) for name in parts})

    def _has(self, name: str) -> Exists:
        rows = self.model._meta.get_field(name).related_model._default_manager
        return Exists(rows.filter(action=OuterRef("pk")))
