"""Tokens for links in mails: they can be made again, and nothing usable is in the database.

A token is an HMAC-SHA256 over purpose, object and generation. Expiry, use and generation are
columns of the object; raising the generation makes every older link worthless.
"""

import base64
import hashlib
import hmac

from django.conf import settings


def make_token(purpose: str, object_id: object, generation: int = 0) -> str:
    """192 bits of HMAC-SHA256 as 32 URL-safe characters."""
    return _token(settings.SECRET_KEY, purpose, object_id, generation)


def token_matches(token: str, purpose: str, object_id: object, generation: int = 0) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        hmac.compare_digest(token.encode(), _token(key, purpose, object_id, generation).encode())
        for key in keys
    )


def _token(key: str, purpose: str, object_id: object, generation: int) -> str:
    message = f"{purpose}\0{object_id}\0{generation}".encode()
    digest = hmac.digest(f"in4green.tokens:{key}".encode(), message, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()
