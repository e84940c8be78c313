"""When: what beat asks for, again and again; each task looks up what is due."""

from celery import shared_task


@shared_task
def send_interest_reminders() -> None:
    """Confirmations that never came, promises that slip."""


@shared_task
def delete_expired_interest() -> None:
    """Sign-ups whose period is over."""
