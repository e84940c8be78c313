"""Whole pages for strangers, kept as bytes by each process for some seconds.

A public page is asked for far more often than it changes. What is kept can't be anybody's own:
only the plain answer to a request without session, query or form is.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

View = Callable[..., HttpResponse]
MOST_PAGES = 200


class Page(NamedTuple):
    content: bytes
    content_type: str
    until: float


_pages: dict[tuple[str, str | None], Page] = {}


def kept_for_strangers(*, seconds: float) -> Callable[[View], View]:
    """Decorates a view whose answer to strangers depends on the address and language alone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_strangers(request):
                return view(request, *args, **kwargs)
            key = (request.path, get_language())
            page = _pages.get(key)
            if page and page.until > time.monotonic():
                return _finish(HttpResponse(page.content, page.content_type))
            response = view(request, *args, **kwargs)
            if not _may_be_kept(request, response):
                return response
            _keep(key, response, time.monotonic() + seconds)
            return _finish(response)

        return answer

    return decorate


def forget_pages() -> None:
    _pages.clear()


def _is_strangers(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.META.get("QUERY_STRING")
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Neither a cookie nor a form's token, which would be one person's."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _keep(key: tuple[str, str | None], response: HttpResponse, until: float) -> None:
    if len(_pages) >= MOST_PAGES:
        _pages.clear()
    _pages[key] = Page(response.content, response.headers["Content-Type"], until)


def _finish(response: HttpResponse) -> HttpResponse:
    """A browser asks again, so that the page of a stranger is not shown after signing in."""
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, no_cache=True)
    return response
