"""Pages for what went wrong: what happened, what is safe, what to do.

All but 403 and 404 are drawn without the request's context: a session, a user or a host name may
be just what is broken.
"""

import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER = 30  # seconds
# Forms with such a field are typed again: their contents must not stand in a page.
SECRET = ("password", "code", "credential", "secret")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return _page(request, "400.html", 400)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, "413.html", 413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while the exception is being handled, also one of a middleware."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError):
        return unavailable(request, error)
    if isinstance(error, UnreadablePostError):
        return _page(request, "400.html", 400)
    return _page(request, "500.html", 500)


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away, too busy or out of space: nothing of this request was written."""
    logger.error("The database does not answer: %s", error)
    response = _page(request, "503.html", 503, fields=typed_fields(request))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, so that the page can send it again by one click instead of losing it."""
    if request.method != "POST" or any(word in name for name in request.POST for word in SECRET):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    context |= {"reference": getattr(request, "reference", ""), "path": request.get_full_path()}
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        content = render_to_string(template, context)
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
