"""Which deliveries and log entries.

Times are the database's: several machines share one clock, and a clock that jumps on one of them
moves no lease.
"""

from datetime import timedelta
from typing import Any, Self

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast, Now


class DeliveryQuerySet(QuerySet[Any]):
    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(state__in=[self.model.State.QUEUED, self.model.State.INFLIGHT])

    def due(self, overdue_by: timedelta = timedelta(0)) -> Self:
        """What may be claimed: waiting, or held by somebody whose lease ran out."""
        return self.queued_until(Now() - overdue_by) | self.leased_until(Now() - overdue_by)

    def queued_until(self, moment: Any) -> Self:
        return self.filter(state=self.model.State.QUEUED, next_at__lte=moment)

    def leased_until(self, moment: Any) -> Self:
        return self.filter(state=self.model.State.INFLIGHT, lease_until__lte=moment)

    def dead(self) -> Self:
        return self.filter(state=self.model.State.DEAD)

    def visible_to(self, user: Any) -> Self:
        """Everything for a superuser; else what belongs to subjects the user may see."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(_seen_by(user))


def _seen_by(user: Any) -> Q:
    from in4green.activity.kinds import all_kinds

    seen = Q(pk__in=[])
    for kind in all_kinds():
        if kind.subjects:
            numbers = kind.subjects(user).values(number_as_text=Cast("pk", CharField()))
            seen |= Q(notification__kind=kind.name, notification__subject_id__in=numbers)
    return seen


class LogEntryQuerySet(QuerySet[Any]):
    def about(self, subject: Any) -> Self:
        from django.contrib.contenttypes.models import ContentType

        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=str(subject.pk)
        )

    def sealed(self) -> Self:
        return self.filter(number__isnull=False).order_by("number")

    def unsealed(self) -> Self:
        return self.filter(number__isnull=True).order_by("id")
