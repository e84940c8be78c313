"""The admin shows a coordinator the rows of his own groups, and nothing else."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from rules.contrib.admin import ObjectPermissionsModelAdmin


class GroupRowsAdmin(ObjectPermissionsModelAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """Choices in forms come through the same door."""
        rows = db_field.remote_field.model._default_manager.get_queryset()
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else None
