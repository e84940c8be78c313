"""What ``manage.py check --deploy`` says of an installation beyond Django's own questions."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register

# What the law asks of every provider; the others do not concern each of them.
DUE_FROM_PROVIDER = (
    "name",
    "address",
    "represented_by",
    "email",
    "phone",
    "editor",
    "data_protection_officer",
    "hosting",
)


@register()
def check_trusted_proxies(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    return [
        Error(f"TRUSTED_PROXIES: {text!r} is no network such as 172.30.0.0/24.", id="portal.E001")
        for text in settings.TRUSTED_PROXIES
        if not _is_network(text)
    ]


@register(deploy=True)
def check_installation(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    return [checks.Warning(message, id=f"portal.{name}") for name, message in _complaints()]


def _complaints() -> Iterator[tuple[str, str]]:
    if missing := [f"PROVIDER_{name.upper()}" for name in _not_entered()]:
        yield "W001", f"The imprint and the privacy notice lack {', '.join(missing)}."
    if not settings.BASE_URL.startswith("https://"):
        yield "W002", "BASE_URL is not https: links in mails and passkeys need it."
    if not settings.EMAIL_URL:
        yield "W003", "EMAIL_URL is missing: no mail can be sent."
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield "W004", "DEFAULT_FROM_EMAIL is missing: mail servers refuse mails from localhost."
    if not settings.TRUSTED_PROXIES:
        yield "W005", "TRUSTED_PROXIES is empty: behind a proxy every page redirects to itself."
    if not settings.COORDINATION_ADDRESS:
        yield "W006", "COORDINATION_ADDRESS is missing: the first group can not be made."


def _not_entered() -> list[str]:
    return [name for name in DUE_FROM_PROVIDER if not settings.PROVIDER[name]]


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
