"""The admin: one sign-in for the whole portal, and a first page that lists what waits."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from in4green.common import waiting


class PortalAdminSite(admin.AdminSite):
    site_header = _("Coordination")
    site_title = _("Coordination")
    index_title = _("What waits for you")
    enable_nav_sidebar = False  # the first page is the list of tables

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The admin has no sign-in of its own."""
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"waiting": waiting.items(request), **(extra_context or {})}
        return super().index(request, context)
