"""The admin: one sign-in for the whole portal, and a first page that lists what waits."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from in4green.common import waiting

TABLES_OF_PACKAGES = {"account", "auth", "mfa", "usersessions"}


class PortalAdminSite(admin.AdminSite):
    site_header = _("Coordination")
    site_title = _("Coordination")
    index_title = _("What is waiting for you")
    enable_nav_sidebar = False  # the first page is the list of tables

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The admin has no sign-in of its own.

        Whoever is signed in and may not enter would be sent from one to the other for ever.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        """Nor a page for passwords: the account's own tells by mail and ends other sessions."""
        return redirect("account_change_password")

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """Our own tables only: what packages keep is changed by services, which record it."""
        models = (
            model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        )
        ours = [model for model in models if model._meta.app_label not in TABLES_OF_PACKAGES]
        super().register(ours, *args, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"waiting": waiting.items(request), **(extra_context or {})}
        return super().index(request, context)
