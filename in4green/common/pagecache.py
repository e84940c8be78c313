"""Whole pages for strangers, kept as bytes by each process for some seconds.

A public page is asked for far more often than it changes. What is kept can't be anybody's own:
only the plain answer to a request without session, query or form is. One part may be made anew for
each visitor all the same, such as the stamp of a form. Whoever has the same bytes already is told
so and gets none. ``KeptPagesMiddleware`` answers before anybody looks for the view: to find one
among all the addresses costs more than the rest of such an answer.
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
Key = tuple[str, str | None]
MOST_PAGES = 200
MOST_BYTES = 64 * 1024 * 1024
# From here on a page is compressed once, and not by the proxy each time; nobody's secret is in it.
LARGE = 100 * 1024
# Not even a page that says the same is shown longer: its frame may be another by then.
LONGEST = 600  # seconds


class Anew(NamedTuple):
    """The part of a page that no two visitors share: where it stands, and how it is made."""

    place: re.Pattern[bytes]
    make: Callable[[], str]


class Page(NamedTuple):
    parts: list[bytes]
    """What stands between the places of the part that is made anew."""
    headers: dict[str, str]
    until: float
    drawn_at: float
    anew: Anew | None = None
    mark: Any = None
    """Of what it says; while that stays the same, so does the page."""
    small: bytes = b""
    """The same compressed, for a large page without a part of its own for each visitor."""

    @property
    def size(self) -> int:
        return sum(map(len, self.parts)) + len(self.small)


_pages: dict[Key, Page] = {}
_facts: dict[Callable[[], Any], tuple[Any, float]] = {}


class KeptPagesMiddleware:
    """Behind the one that knows the language; what stands further in never hears of strangers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _from_kept(request) or self.get_response(request)


def kept_for_strangers(
    *, seconds: float, anew: Anew | None = None, mark: Callable[..., Any] | None = None
) -> Callable[[View], View]:
    """Decorates a view whose answer to strangers depends on the address and language alone.

    ``mark`` takes what the view takes, and finds in a moment what the page depends on: after those
    seconds it is made again only if something else is found.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_strangers(request):
                return view(request, *args, **kwargs)
            found = mark(request, *args, **kwargs) if mark else None
            if mark and (page := _shown_longer(_key(request), found, seconds)):
                return _show(page, request)
            response = view(request, *args, **kwargs)
            if not _may_be_kept(request, response):
                return response
            now = time.monotonic()
            page = _page(response, anew)._replace(until=now + seconds, drawn_at=now, mark=found)
            _keep(_key(request), page)
            return _answer(page, request, response.content)

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


def _from_kept(request: HttpRequest) -> HttpResponse | None:
    page = _pages.get(_key(request)) if _is_strangers(request) else None
    return _show(page, request) if page and page.until > time.monotonic() else None


def _key(request: HttpRequest) -> Key:
    return request.path, get_language()


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


def _shown_longer(key: Key, mark: Any, seconds: float) -> Page | None:
    """The page, if it still says what there is to say."""
    page, now = _pages.get(key), time.monotonic()
    if not page or page.mark != mark or page.drawn_at + LONGEST <= now:
        return None
    _pages[key] = page._replace(until=now + seconds)
    return page


def _page(response: HttpResponse, anew: Anew | None) -> Page:
    parts = anew.place.split(response.content) if anew else [response.content]
    small = _compressed(parts)
    headers = _headers(response, small=bool(small), is_the_same=len(parts) == 1)
    return Page(parts, headers, until=0, drawn_at=0, anew=anew, small=small)


def _headers(response: HttpResponse, *, small: bool, is_the_same: bool) -> dict[str, str]:
    """With a mark of the content, where it is the same for everybody.

    A browser asks again, so that the page of a stranger is not shown after signing in.
    """
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"] if small else ["Cookie"])
    patch_cache_control(response, no_cache=True)
    names = ("Content-Type", "Last-Modified", "Vary", "Cache-Control")
    found = {name: response.headers[name] for name in names if name in response.headers}
    if is_the_same:
        found["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return found


def _compressed(parts: list[bytes]) -> bytes:
    is_large = len(parts) == 1 and len(parts[0]) >= LARGE
    return gzip.compress(parts[0], compresslevel=6, mtime=0) if is_large else b""


def _show(page: Page, request: HttpRequest) -> HttpResponse:
    between = page.anew.make().encode() if page.anew else b""
    return _answer(page, request, between.join(page.parts))


def _answer(page: Page, request: HttpRequest, content: bytes) -> HttpResponse:
    if page.small and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response = HttpResponse(page.small, headers={**page.headers, "Content-Encoding": "gzip"})
    else:
        response = HttpResponse(content, headers=page.headers)
    etag = page.headers.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) if etag else response  # type: ignore[return-value]


def _keep(key: Key, page: Page) -> None:
    size = page.size + sum(kept.size for kept in _pages.values())
    if len(_pages) >= MOST_PAGES or size > MOST_BYTES:
        _pages.clear()
    _pages[key] = page
