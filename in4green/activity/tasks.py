"""The hands: Celery tasks that call the services. Rows in PostgreSQL say what there is to do."""

from datetime import timedelta

from celery import shared_task

from in4green.activity import chain, outbox, retention
from in4green.activity.models import Delivery
from in4green.activity.services import wake_relay

# A worker that is asked to stop finishes its task: so a task is short.
TURN = timedelta(seconds=5)


@shared_task
def send_due() -> None:
    """Rung by the relay, which rings again for what is left."""
    outbox.send_all(within=TURN)
    if Delivery.objects.due().exists():
        wake_relay()


@shared_task
def sweep_outbox() -> None:
    """The net under the relay, and the broom behind it; every minute."""
    outbox.send_all()
    retention.delete_expired()


@shared_task
def seal_log() -> None:
    """Chain what was committed since the last run, and drop what is older than its period."""
    chain.seal()
    chain.prune()
