"""Which deliveries and log entries."""

from typing import Any, Self

from django.db.models import QuerySet
from django.utils import timezone


class DeliveryQuerySet(QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(state=self.model.State.QUEUED)

    def due(self) -> Self:
        """What may be claimed now: waiting, or held by somebody whose lease ran out."""
        now = timezone.now()
        return self.filter(state=self.model.State.QUEUED, next_at__lte=now) | self.filter(
            state=self.model.State.INFLIGHT, lease_until__lt=now
        )

    def dead(self) -> Self:
        return self.filter(state=self.model.State.DEAD)


class LogEntryQuerySet(QuerySet[Any]):
    def about(self, subject: Any) -> Self:
        from django.contrib.contenttypes.models import ContentType

        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=str(subject.pk)
        )

    def unsealed(self) -> Self:
        return self.filter(number__isnull=True)
