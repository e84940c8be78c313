"""What a signed-in person must satisfy before a page answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from groups import typed_text, visiting
from in4green.activity.services import record
from in4green.common.network import client_ip, network_of

Next = Callable[[HttpRequest], HttpResponse]
TOUCH_AFTER = timedelta(minutes=1)
# Open to staff without a second factor: what everybody may see, and what leads to one.
OPEN_NAMESPACES = {"interest", "invitation"}
OPEN_NAMES = {
    "home",
    "imprint",
    "privacy",
    "accessibility",
    "barrier_report",
    "usersessions_list",
    "member:end_session",
    "member:second_factor",
}
OPEN_PREFIXES = ("account_", "mfa_")


def _is_signed_in(request: HttpRequest) -> bool:
    """Asks the database only for visitors who bring a session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class SessionLimitsMiddleware:
    """Staff are signed out when idle or after a working day; the session remembers who was here.

    Members' idle limit is the session's own age, renewed when it is written here.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_signed_in(request):
            self._check(request)
        return self.get_response(request)

    def _check(self, request: HttpRequest) -> None:
        if visiting.is_over(request.user, request.session):
            self._end(request)
        else:
            visiting.remember_seen(request.session, every=TOUCH_AFTER)

    def _end(self, request: HttpRequest) -> None:
        typed_text.remember_author(request)
        request.signed_out_because = "limit"  # type: ignore[attr-defined]
        logout(request)
        messages.info(
            request,
            _("You were signed out because you were away for a while. Please sign in again."),
        )


class SecondFactorMiddleware:
    """Staff and coordinators see no page as such before they have a second factor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or _is_open(match) or not _is_signed_in(request):
            return None
        if visiting.lacks_factor(request.user, request.session):
            return redirect("member:second_factor")
        if request.user.is_staff and not request.session.get(visiting.SECOND_FACTOR_KEY):
            request.session[visiting.SECOND_FACTOR_KEY] = True
        return None


def _is_open(match: ResolverMatch) -> bool:
    name = match.view_name or ""
    return (
        name in OPEN_NAMES
        or name.startswith(OPEN_PREFIXES)
        or not OPEN_NAMESPACES.isdisjoint(match.namespaces)
    )


class TypedTextMiddleware:
    """Keeps what was typed into a form whose sender turned out to be signed out meanwhile."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        typed_text.forget_if_sent(request)
        response = self.get_response(request)
        stopped = typed_text.asks_to_sign_in(request, response) or typed_text.is_outdated(
            request, response
        )
        return typed_text.lead_back(request) if stopped and typed_text.keep(request) else response


class DenialMiddleware:
    """Records who was refused what: by the page's name, never by its address."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, PermissionDenied) and request.resolver_match:
            record(
                request.user,
                "accounts.denied",
                page=request.resolver_match.view_name,
                network=network_of(client_ip(request)),
            )
