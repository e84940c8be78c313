"""The hands: Celery tasks that call the services. Rows in PostgreSQL say what there is to do."""

from celery import shared_task

from in4green.activity import chain, outbox, retention


@shared_task
def send_due() -> None:
    """Rung by the relay."""
    outbox.send_all()


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
