from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models


def require_perm(user: Any, permission: str, subject: models.Model | None = None) -> None:
    """Raises PermissionDenied: for what may be seen but not done; the unseen is a 404 before."""
    if not user.has_perm(permission, subject):
        raise PermissionDenied(permission)
