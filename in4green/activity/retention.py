"""What is kept no longer."""

from django.conf import settings
from django.core.cache import cache
from django.db.models.functions import Now

from in4green.activity.models import Delivery, Notification

FINAL = (Delivery.State.SENT, Delivery.State.DEAD, Delivery.State.CANCELLED)


def delete_expired() -> None:
    cache.delete_expired()  # type: ignore[attr-defined]
    delete_old_deliveries()


def delete_old_deliveries() -> int:
    """Deliveries that ended long ago, and notifications that have none left; how many rows.

    What still waits stays, however old it is.
    """
    before = Now() - settings.OUTBOX["KEPT"]
    old = Delivery.objects.filter(created_at__lt=before, state__in=FINAL)
    deleted, _ = old.delete()
    empty = Notification.objects.filter(created_at__lt=before, deliveries=None)
    return deleted + empty.delete()[0]
