from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest | None) -> dict[str, Any]:
    """What every page's frame needs; no query."""
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "tagline": settings.PORTAL_TAGLINE,
            "base_url": settings.BASE_URL,
        },
        "provider": settings.PROVIDER,
        "debug": settings.DEBUG,
    }
