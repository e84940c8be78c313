"""The outbox: claim what is due, send it, mark each row by itself.

The task, the relay and the sweep all end here. Whoever dies midway leaves rows whose lease runs
out; somebody else then sends them again, with the same Message-ID.
"""

import logging
import random
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError
from django.db.models.functions import Now

from in4green.activity import mail
from in4green.activity.claims import Claim
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery
from in4green.activity.services import wake_relay

log = logging.getLogger("in4green.outbox")
State = Delivery.State


class ServerTroubleError(Exception):
    """The mail server itself is the problem: the other rows of the batch need not try it now."""


def send_all(keep_going: Callable[[], bool] = lambda: True, within: timedelta | None = None) -> int:
    """Send what is due, batch after batch, for one lease or ``within``; how many rows."""
    until = monotonic() + (within or settings.OUTBOX["LEASE"]).total_seconds()

    def go_on() -> bool:
        return keep_going() and monotonic() < until

    total = 0
    while go_on():
        done = send_due(keep_going=go_on)
        total += done
        if done < settings.OUTBOX["BATCH"]:
            break
    return total


def send_due(
    *, overdue_by: timedelta = timedelta(0), keep_going: Callable[[], bool] = lambda: True
) -> int:
    """Claim one batch and send it; how many rows were dealt with, whatever came of them.

    Fewer than ``OUTBOX["BATCH"]`` means that nothing more is due, or that it is not the time to go
    on. ``keep_going`` is asked before each row; what is left then goes back to the queue.
    """
    claim = Claim(overdue_by)
    pause, done = timedelta(0), 0
    office = get_connection()
    try:
        while claim and keep_going():
            if delivery := claim.take():
                _deliver(delivery, claim, office)
            done += 1
    except ServerTroubleError:
        pause = settings.OUTBOX["BACKOFF"]
    finally:
        _close(office)
        claim.release(pause)
    return done


def _deliver(delivery: Delivery, claim: Claim, office: Any) -> None:
    try:
        if delivery.attempts > settings.OUTBOX["ATTEMPTS"]:
            raise RuntimeError("every attempt ended before it was finished")
        if not _is_due(delivery):
            claim.settle(delivery, state=State.CANCELLED, sealed="")
            return
        office.open()
        office.send_messages([mail.compose(delivery)])
    except DatabaseError:
        raise  # nothing can be marked now; the lease brings the row back
    except Exception as error:
        _close(office)
        _fail(delivery, claim, error)
    else:
        reply = _clean(getattr(office, "last_reply", ""))
        if claim.settle(
            delivery, state=State.SENT, sent_at=Now(), sealed="", last_error="", smtp_reply=reply
        ):
            log.info("delivery %s sent", delivery.pk)


def _is_due(delivery: Delivery) -> bool:
    kind = get_kind(delivery.notification.kind)
    if delivery.notification.read_subject(*kind.related) is None:
        return False
    return kind.still_due(delivery)


def _fail(delivery: Delivery, claim: Claim, error: Exception) -> None:
    """Try again later or give up. Raises ServerTroubleError when the others had better wait."""
    code = _refusal_code(error)
    permanent = code is not None and 500 <= code <= 599
    if permanent or delivery.attempts >= settings.OUTBOX["ATTEMPTS"]:
        claim.settle(delivery, state=State.DEAD, sealed="", last_error=_describe(error))
        log.error("delivery %s given up: %s", delivery.pk, _name(error, code))
    else:
        next_at = Now() + back_off(delivery.attempts)
        claim.settle(delivery, state=State.QUEUED, next_at=next_at, last_error=_describe(error))
        wake_relay()
        log.warning("delivery %s not sent: %s", delivery.pk, _name(error, code))
    if code is None and isinstance(error, OSError):
        raise ServerTroubleError from error


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts, up to a fifth less so that not all come at once."""
    doubled = settings.OUTBOX["BACKOFF"] * 2 ** min(attempts - 1, 20)
    longest: timedelta = min(settings.OUTBOX["BACKOFF_MAX"], doubled)
    return longest * random.uniform(0.8, 1)  # noqa: S311 (spreads load, guards nothing)


def _refusal_code(error: Exception) -> int | None:
    """What the server replied to this mail; None when the trouble is not about this mail.

    421 is the server taking its leave. A refused sender would be refused for every mail.
    """
    code = None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    elif isinstance(error, smtplib.SMTPDataError):
        code = error.smtp_code
    return None if code == 421 else code


def _describe(error: Exception) -> str:
    """For the admin: what went wrong, and never what the mail says."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _reply(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    return _clean(f"{type(error).__name__}: {error}")


def _name(error: Exception, code: int | None) -> str:
    """For the log, which must not hold addresses: servers like to repeat them."""
    return f"{type(error).__name__} {code or ''}".rstrip()


def _reply(code: int, text: bytes | str) -> str:
    return _clean(f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}")


def _clean(text: str) -> str:
    """One printable line that fits the column."""
    return "".join(c if c.isprintable() else " " for c in text)[:300]


def _close(office: Any) -> None:
    with suppress(OSError):
        office.close()
