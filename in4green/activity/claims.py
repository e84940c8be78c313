"""Who holds which deliveries, and for how long.

A claim is a lease on a batch of rows. Every change to a row names the claim, so that a holder whose
lease ran out can neither send nor mark what somebody else has taken over.
"""

import logging
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Greatest, Now

from in4green.activity.models import Delivery
from in4green.activity.services import wake_relay

log = logging.getLogger("in4green.outbox")
State = Delivery.State


class Claim:
    """A batch of due rows, taken in one short transaction; ``FOR UPDATE SKIP LOCKED``."""

    def __init__(self, overdue_by: timedelta = timedelta(0)) -> None:
        self.number = uuid.uuid4()
        moment = Now() - overdue_by
        with transaction.atomic():
            # Two queries, each on its own small index: abandoned rows first, they are oldest.
            rows = _lock(Delivery.objects.leased_until(moment).order_by("lease_until"))
            rows += _lock(Delivery.objects.queued_until(moment).order_by("next_at"), len(rows))
            self._waiting = rows
            Delivery.objects.filter(pk__in=rows).update(
                state=State.INFLIGHT, claim=self.number, lease_until=_lease()
            )

    def __len__(self) -> int:
        """How many rows have not been taken in hand."""
        return len(self._waiting)

    def take(self) -> Delivery | None:
        """The next row, its attempt counted and the whole batch's lease renewed.

        Counted before it is tried: a row that kills its worker gives up as well. None when
        somebody else has it by now.
        """
        number = self._waiting[0]
        tried = Case(When(pk=number, then=Value(1)), default=Value(0))
        self._held().update(lease_until=_lease(), attempts=F("attempts") + tried)
        self._waiting.pop(0)
        return (
            Delivery.objects.select_related("notification", "user")
            .filter(pk=number, claim=self.number)
            .first()
        )

    def settle(self, delivery: Delivery, **changes: Any) -> bool:
        """Mark one row and let go of it; False when somebody else has it by now."""
        mine = Delivery.objects.filter(pk=delivery.pk, claim=self.number, state=State.INFLIGHT)
        if mine.update(claim=None, lease_until=None, **changes):
            return True
        log.warning("delivery %s: the lease ran out while it was sent", delivery.pk)
        return False

    def release(self, pause: timedelta = timedelta(0)) -> None:
        """Give back what was not tried; nobody needs to try it for ``pause``."""
        if self._waiting and self._held().update(
            state=State.QUEUED,
            claim=None,
            lease_until=None,
            next_at=Greatest(F("next_at"), Now() + pause),
        ):
            wake_relay()
        self._waiting = []

    def _held(self) -> QuerySet[Delivery]:
        return Delivery.objects.filter(
            pk__in=self._waiting, claim=self.number, state=State.INFLIGHT
        )


def _lock(rows: QuerySet[Delivery], taken: int = 0) -> list[uuid.UUID]:
    free = settings.OUTBOX["BATCH"] - taken
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:free])


def _lease() -> Any:
    return Now() + settings.OUTBOX["LEASE"]
