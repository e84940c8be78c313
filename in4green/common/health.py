"""What keeps the portal from doing its duty. Each room registers its own checks."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """``text`` tells an operator in a sentence what is wrong; no secrets, no personal data."""

    text: str


Check = Callable[[], Problem | None]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """``name`` stays the same over versions: monitoring may look for it."""
    _checks[name] = check


def find_problems() -> dict[str, Problem]:
    """By name. Without a database nothing else can be known, so it is asked first and alone."""
    if problem := _database():
        return {"database": problem}
    found = {name: _run(name, check) for name, check in _checks.items()}
    return {name: problem for name, problem in found.items() if problem}


def _run(name: str, check: Check) -> Problem | None:
    """One check that breaks must not hide what the others would have said."""
    try:
        return check()
    except Exception:
        logger.exception("The health check %s broke.", name)
        return Problem(_("This could not be checked; the log says why."))


def _database() -> Problem | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return Problem(_("The database does not answer."))
    return None


def check_disk() -> Problem | None:
    free = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.is_dir() else "/").free
    megabytes = free // 1_000_000
    if megabytes >= settings.HEALTH_FREE_DISK_MB:
        return None
    return Problem(_("The disk is nearly full: %(free)d MB are left.") % {"free": megabytes})


register("disk", check_disk)
