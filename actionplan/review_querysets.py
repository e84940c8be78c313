"""Which reviews, votes and decisions; ``visible_to`` is the only door to them."""

from typing import Any, Self

from django.db.models import Count, Q
from django.utils import timezone

from actionplan.querysets import _Inside


class ReviewQuerySet(_Inside):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def with_answers(self) -> Self:
        """``asked`` and ``answered`` count members and cities, ``said`` the statements."""

        def count(path: str, **only: Any) -> Count:
            return Count(path, filter=Q(**only) if only else None, distinct=True)

        return self.annotate(
            asked=count("requests") + count("peers", peers__revoked_at=None),
            answered=count("requests", requests__answered_at__isnull=False)
            + count("peers", peers__revoked_at=None, peers__answered_at__isnull=False),
            said=count("statements"),
        )


class PeerLinkQuerySet(_Inside):
    _group = "review__plan__group"

    def visible_to(self, user: Any) -> Self:
        """Coordination makes them, and nobody else sees their addresses."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        mine = user.memberships.current().coordinators()
        return self.filter(review__plan__group__in=mine.values("group"))


class ApprovalQuerySet(_Inside):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def over(self) -> Self:
        """Whose last day has passed, and which nobody has closed."""
        return self.open().filter(closes_on__lt=timezone.localdate())


class DecisionQuerySet(_Inside):
    pass
