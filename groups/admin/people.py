"""Accounts: for superusers. Coordinators see people through their memberships."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from groups.models import User
from groups.services.accounts import end_sessions
from in4green.activity.services import record
from in4green.livetext.services import recheck


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "is_active", "is_superuser", "joined_at"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "language", "is_active", "is_superuser", "joined_at", "last_login"]
    readonly_fields = ["email", "joined_at", "last_login"]  # Its owner changes the address.

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # People come by invitation.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever is locked out is out at once, in every window and every open text."""
        super().save_model(request, obj, form, change)
        record(request.user, "accounts.changed", obj, fields=form.changed_data)
        if not obj.is_active:
            end_sessions(obj)
        recheck(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
