"""Who holds which deliveries, and for how long.

A claim is a lease on a batch of rows. Every change to a row names the claim, so that a holder whose
lease ran out can neither send nor mark what somebody else has taken over.
"""

import logging
import uuid
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now

from in4green.activity.models import Delivery
from in4green.activity.services import wake_relay

log = logging.getLogger("in4green.outbox")
State = Delivery.State

# One mail takes at most two thirds of a lease, so one that is younger than a quarter is enough.
FRESH = 1 / 4


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
            Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
                state=State.INFLIGHT, claim=self.number, lease_until=_lease()
            )
        self._leased_at = monotonic()

    def __len__(self) -> int:
        """How many rows have not been taken in hand."""
        return len(self._waiting)

    def take(self) -> Delivery | None:
        """The next row, its lease renewed and its attempt counted.

        Counted before it is tried: a row that kills its worker gives up as well. None when
        somebody else has it by now.
        """
        self._keep_leased()
        delivery = self._waiting[0]
        row = self._held([delivery])
        is_mine = row.update(lease_until=_lease(), attempts=F("attempts") + 1)
        self._waiting.pop(0)
        delivery.attempts += 1
        return delivery if is_mine else None

    def _keep_leased(self) -> None:
        """The whole batch, while the rows before take their time."""
        age = monotonic() - self._leased_at
        if age > settings.OUTBOX["LEASE"].total_seconds() * FRESH:
            self._held(self._waiting).update(lease_until=_lease())
            self._leased_at = monotonic()

    def settle(self, delivery: Delivery, **changes: Any) -> bool:
        """Mark one row and let go of it; False when somebody else has it by now."""
        if self._held([delivery]).update(claim=None, lease_until=None, **changes):
            return True
        log.warning("delivery %s: the lease ran out while it was sent", delivery.pk)
        return False

    def release(self, pause: timedelta = timedelta(0)) -> None:
        """Give back what was not tried; nobody needs to try it for ``pause``."""
        if self._waiting and self._held(self._waiting).update(
            state=State.QUEUED,
            claim=None,
            lease_until=None,
            next_at=Greatest(F("next_at"), Now() + pause),
        ):
            wake_relay()
        self._waiting = []

    def _held(self, deliveries: list[Delivery]) -> QuerySet[Delivery]:
        numbers = [delivery.pk for delivery in deliveries]
        return Delivery.objects.filter(pk__in=numbers, claim=self.number, state=State.INFLIGHT)


def _lock(rows: QuerySet[Delivery], taken: int = 0) -> list[Delivery]:
    free = settings.OUTBOX["BATCH"] - taken
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    return list(locked.select_related("notification")[:free])


def _lease() -> Any:
    return Now() + settings.OUTBOX["LEASE"]
