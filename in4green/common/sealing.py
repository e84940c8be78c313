"""Encryption at rest for the few things that must be kept for minutes and read by nobody."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"in4green.sealing:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(value: dict[str, Any]) -> str:
    return _cipher().encrypt(json.dumps(value).encode()).decode()


def unseal(text: str) -> dict[str, Any]:
    """Raises ``cryptography.fernet.InvalidToken`` for a text that was not sealed here."""
    value: dict[str, Any] = json.loads(_cipher().decrypt(text.encode()))
    return value
