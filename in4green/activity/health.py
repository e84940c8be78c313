"""Whether mails leave the house, and whether the log is sealed: for ``/health/ready/``."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models import Min
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.models import Delivery, LogEntry
from in4green.common.health import Problem, register

# Sealing runs every minute; when it has not for so long, no worker or no beat is running.
ALARM_UNSEALED = timedelta(minutes=15)


def outbox_figures() -> dict[str, int]:
    """How many deliveries wait, and how many of each problem there are."""
    outbox = settings.OUTBOX
    waiting = Delivery.objects.waiting()
    return {
        "waiting": waiting.count(),
        "deliveries_dead": Delivery.objects.dead().count(),
        "deliveries_due": Delivery.objects.due(outbox["ALARM_DUE"]).count(),
        "deliveries_late": waiting.filter(created_at__lt=Now() - outbox["ALARM_WAITING"]).count(),
    }


def oldest_waiting() -> timedelta:
    """The age of the oldest mail that has not been sent; zero when nothing waits."""
    oldest = Delivery.objects.waiting().aggregate(at=Min("created_at"))["at"]
    return timezone.now() - oldest if oldest else timedelta(0)


def outbox_problems() -> list[str]:
    """The names of what is wrong: ``deliveries_dead``, ``deliveries_due``, ``deliveries_late``."""
    figures = outbox_figures()
    return [name for name in _sentences() if figures[name]]


def _sentences() -> dict[str, str]:
    return {
        "deliveries_dead": _("Mails have failed for good: %(n)d."),
        "deliveries_due": _("Mails are due and nobody sends them: %(n)d."),
        "deliveries_late": _("Mails could not be handed over for an hour or longer: %(n)d."),
    }


def check_deliveries(name: str) -> Problem | None:
    if n := outbox_figures()[name]:
        return Problem(_sentences()[name] % {"n": n})
    return None


def check_log() -> Problem | None:
    if LogEntry.objects.unsealed().filter(at__lt=Now() - ALARM_UNSEALED).exists():
        return Problem(_("The log has not been sealed for a while: is a worker running?"))
    return None


for _name in _sentences():
    register(_name, partial(check_deliveries, _name))
register("log_unsealed", check_log)
