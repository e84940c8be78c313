"""Whole pages for strangers, kept as bytes by each process for some seconds.

A public page is asked for far more often than it changes. What is kept can't be anybody's own:
only the plain answer to a request without session, query or form is. One part may be made anew for
each visitor all the same, such as the stamp of a form. Whoever has the same bytes already is told
so and gets none.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.translation import get_language

View = Callable[..., HttpResponse]
Fact = TypeVar("Fact")
MOST_PAGES = 200
MOST_BYTES = 64 * 1024 * 1024
# From here on a page is compressed once, and not by the proxy each time; nobody's secret is in it.
LARGE = 100 * 1024


class Anew(NamedTuple):
    """The part of a page that no two visitors share: where it stands, and how it is made."""

    place: re.Pattern[bytes]
    make: Callable[[], str]


class Page(NamedTuple):
    parts: list[bytes]
    """What stands between the places of the part that is made anew."""
    headers: dict[str, str]
    until: float
    small: bytes = b""
    """The same compressed, for a large page without a part of its own for each visitor."""

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) + len(self.small)


_pages: dict[tuple[str, str | None], Page] = {}
_facts: dict[Callable[[], Any], tuple[Any, float]] = {}


def kept_for_strangers(*, seconds: float, anew: Anew | None = None) -> Callable[[View], View]:
    """Decorates a view whose answer to strangers depends on the address and language alone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_strangers(request):
                return view(request, *args, **kwargs)
            key = (request.path, get_language())
            page = _pages.get(key)
            if page and page.until > time.monotonic():
                return _finish(request, _answer_with(page, request, anew), page)
            response = view(request, *args, **kwargs)
            if not _may_be_kept(request, response):
                return response
            parts = anew.place.split(response.content) if anew else [response.content]
            headers = _headers(response, is_the_same=len(parts) == 1)
            page = Page(parts, headers, time.monotonic() + seconds, _compressed(parts))
            _keep(key, page)
            for name, value in headers.items():
                response.headers[name] = value
            return _finish(request, response, page)

        return answer

    return decorate


def kept(*, seconds: float) -> Callable[[Callable[[], Fact]], Callable[[], Fact]]:
    """Decorates a function whose answer everybody may share and nobody changes."""

    def decorate(find: Callable[[], Fact]) -> Callable[[], Fact]:
        @wraps(find)
        def answer() -> Fact:
            fact, until = _facts.get(find, (None, 0.0))
            if until <= time.monotonic():
                fact = find()
                _facts[find] = fact, time.monotonic() + seconds
            return fact

        return answer

    return decorate


def forget_pages() -> None:
    _pages.clear()
    _facts.clear()


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


def _headers(response: HttpResponse, *, is_the_same: bool) -> dict[str, str]:
    """With a mark of the content, where it is the same for everybody."""
    names = ("Content-Type", "Last-Modified")
    found = {name: response.headers[name] for name in names if name in response.headers}
    if is_the_same:
        found["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return found


def _compressed(parts: list[bytes]) -> bytes:
    is_large = len(parts) == 1 and len(parts[0]) >= LARGE
    return gzip.compress(parts[0], compresslevel=6, mtime=0) if is_large else b""


def _answer_with(page: Page, request: HttpRequest, anew: Anew | None) -> HttpResponse:
    if page.small and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return HttpResponse(page.small, headers={**page.headers, "Content-Encoding": "gzip"})
    between = anew.make().encode() if anew else b""
    return HttpResponse(between.join(page.parts), headers=page.headers)


def _keep(key: tuple[str, str | None], page: Page) -> None:
    size = page.size + sum(kept.size for kept in _pages.values())
    if len(_pages) >= MOST_PAGES or size > MOST_BYTES:
        _pages.clear()
    _pages[key] = page


def _finish(request: HttpRequest, response: HttpResponse, page: Page) -> HttpResponse:
    """A browser asks again, so that the page of a stranger is not shown after signing in."""
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"] if page.small else ["Cookie"])
    patch_cache_control(response, no_cache=True)
    etag = response.headers.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) if etag else response  # type: ignore[return-value]
