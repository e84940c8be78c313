"""When: what beat asks for, again and again; each service looks for itself what is due."""

from celery import shared_task

from groups.services import accounts, duties, promises


@shared_task
def send_interest_reminders() -> None:
    """Confirmations that never came, promises that slip; a failure stops no other row."""
    for signup_id in promises.signups_to_remind():
        remind_to_confirm.delay(str(signup_id))
    for signup_id in promises.signups_overdue():
        tell_overdue.delay(str(signup_id))


@shared_task
def remind_to_confirm(signup_id: str) -> None:
    promises.remind_to_confirm(signup_id)


@shared_task
def tell_overdue(signup_id: str) -> None:
    promises.tell_overdue(signup_id)


@shared_task
def delete_expired_interest() -> None:
    promises.delete_expired_signups()


@shared_task
def remind_of_open_barrier_reports() -> None:
    duties.remind_of_open_reports()


@shared_task
def delete_answered_barrier_reports() -> None:
    duties.delete_answered_reports()


@shared_task
def delete_expired_sessions() -> None:
    accounts.delete_expired_sessions()
