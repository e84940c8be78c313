"""What every request must satisfy and what every answer carries."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from in4green.common import errors
from in4green.common.logs import current_reference

# What the Caddyfile lets through; read in parts and thrown away. Bytes.
LARGEST_READ = 16 * 1024 * 1024
PART = 64 * 1024
Next = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class RequestReferenceMiddleware:
    """Gives each request a reference that the person and the log share."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(4)  # type: ignore[attr-defined]
        before = current_reference.set(request.reference)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            current_reference.reset(before)


class AnswerHeadersMiddleware:
    """Headers of every answer, also of those that no inner middleware has seen."""

    headers = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if _is_personal(request, response):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        return response


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Of a session, or behind a link from a mail. Never asks the database, which may be away."""
    if request.path.startswith(settings.STATIC_URL) and response.status_code < 400:
        return False
    if request.resolver_match and "token" in request.resolver_match.kwargs:
        return True
    session = settings.SESSION_COOKIE_NAME
    return session in request.COOKIES or session in response.cookies


class TroubleMiddleware:
    """Refuses what no form sends, and answers for a database that is away."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        length = _length(request)
        if length > settings.LARGEST_FORM and length > _largest_for(request):
            _let_finish(request)
            return errors.too_large(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError):
            return errors.unavailable(request, error)
        if isinstance(error, DataError) and "NUL" in str(error):
            return errors.bad_request(request, error)
        return None


def takes_up_to(size: int) -> Callable[[View], View]:
    """Marks a view whose requests may be larger than a form; bytes."""

    def mark(view: View) -> View:
        view.takes_up_to = size  # type: ignore[attr-defined]
        return view

    return mark


def _largest_for(request: HttpRequest) -> int:
    """Asked for large requests alone: which view they are meant for."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    try:
        with override(language):
            view = resolve(request.path_info).func
    except Resolver404:
        return 0
    size: int = getattr(view, "takes_up_to", 0)
    return size


def _let_finish(request: HttpRequest) -> None:
    """Browsers show no answer while they are still sending; what the proxy lets through is read."""
    for _part in range(LARGEST_READ // PART):
        if not request.read(PART):
            return


def _length(request: HttpRequest) -> int:
    length: Any = request.META.get("CONTENT_LENGTH") or 0
    return int(length) if str(length).isdecimal() else 0
