"""Rows that open pages without an account: their address holds a token of the row's generation.

Such a row has ``generation`` and ``used_at``.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from in4green.common import limits
from in4green.common.tokens import token_matches

HOUR = 3600  # seconds


def find(rows: QuerySet[Any], purpose: str, pk: UUID, token: str) -> Any:
    """None for an address that is forged, or older than the last renewal."""
    link = rows.filter(pk=pk).first()
    is_right = token_matches(token, purpose, pk, link.generation if link else 0)
    return link if is_right else None


def is_asked_too_often(link: Model, purpose: str, *, most: int) -> bool:
    """``most``: requests within an hour."""
    return limits.is_over(f"{purpose}:{link.pk}", most=most, within=HOUR)


def note_use(link: Model) -> None:
    """Not with every page."""
    now = timezone.now()
    long_ago = Q(used_at=None) | Q(used_at__lt=now - timedelta(minutes=1))
    type(link)._default_manager.filter(long_ago, pk=link.pk).update(used_at=now)
