"""Signing in as people do, for the tests of doors."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from groups.models import User
from in4green.activity.kinds import Letter, get_kind
from in4green.activity.models import Delivery, LogEntry
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW_PASSWORD = "quiet river under seven bridges"
LOGIN = "account_login"


def sign_in(client: Client, user: User, password: str = PASSWORD, **data: Any) -> HttpResponse:
    """The first step: address and password."""
    return client.post(reverse(LOGIN), {"login": user.email, "password": password, **data})


def enter(client: Client, user: User) -> Client:
    """Sign in for good, with a password and a code by mail, on a device that is not remembered."""
    client.post(sign_in(client, user).url, {"code": mailed_code()})
    client.post(reverse("mfa_trust"), {"action": "skip"})
    return client


def newest_letter(kind: str = "account") -> Letter:
    delivery = Delivery.objects.filter(notification__kind=kind).latest("created_at")
    with translation.override(delivery.language):
        return get_kind(kind).write(delivery)


def mailed_code() -> str:
    return re.search(r"[A-Z]{4}-[A-Z]{4}", newest_letter().subject).group()


def totp_code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("id").values_list("action", flat=True))
