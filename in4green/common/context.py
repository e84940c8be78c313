from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs; no query."""
    return {"provider": settings.PROVIDER, "debug": settings.DEBUG}
