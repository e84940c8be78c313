"""What leaves: sign-ups as a table for coordination."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import InterestSignup


def signup_header() -> list[str]:
    return [
        _("name"),
        _("e-mail"),
        _("organisation"),
        _("kind"),
        _("topics"),
        _("message"),
        _("language"),
        _("source"),
        _("status"),
        _("sent at"),
        _("confirmed at"),
        _("answer promised by"),
        _("decided at"),
        _("reason"),
    ]


def signup_rows(signups: Iterable[InterestSignup]) -> Iterator[list[Any]]:
    """One row per sign-up in the order of ``signup_header``; expects prefetched topics."""
    for signup in signups:
        yield [
            signup.name,
            signup.email,
            signup.organisation,
            str(signup.get_kind_display()),
            ", ".join(str(topic) for topic in signup.topics.all()),
            signup.message,
            signup.language,
            str(signup.get_source_display()),
            str(signup.get_status_display()),
            timezone.localtime(signup.created_at),
            signup.confirmed_at and timezone.localtime(signup.confirmed_at),
            signup.answer_due,
            signup.decided_at and timezone.localtime(signup.decided_at),
            signup.decline_reason,
        ]
