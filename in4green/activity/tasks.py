"""The hands: Celery tasks that call the services."""

from celery import shared_task


@shared_task
def sweep_outbox() -> None:
    """The net under the relay, every minute."""


@shared_task
def seal_log() -> None:
    """Chain what was committed since the last run."""
