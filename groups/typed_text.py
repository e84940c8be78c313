"""Nothing typed is lost when a session ends in mid-work, without JavaScript.

A form that comes from somebody who is signed out meanwhile is kept in the new session. After
signing in, a page shows the text and sends it on to where it belongs, by one click.
"""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from in4green.common.network import network_key

KEY = "typed_text"
KEPT = 60 * 60  # seconds
LARGEST = 50_000  # characters in one form
LARGEST_TEXT = 300_000  # where whole texts are typed: in a view that takes more than a form
# So that nobody fills the table of sessions: more than a whole office types too late.
MOST_PER_NETWORK, WINDOW = 100, 10 * 60  # forms, seconds
SHORTEST_SHOWN = 12  # characters; what is shorter is a choice, not a text
SIGN_IN = {"account_login", "admin:login"}
# Their fields are secrets, and quickly typed again.
SECRET_PAGES = ("account_", "mfa_")


@dataclass(frozen=True)
class Typed:
    path: str
    fields: list[tuple[str, str]]

    @property
    def texts(self) -> list[str]:
        """What a person recognises as his own words."""
        return [value for _name, value in self.fields if len(value) >= SHORTEST_SHOWN]


def remember_author(request: HttpRequest) -> None:
    """Called before the session's end: the text belongs to this person alone."""
    request.author_of_typed_text = request.user.pk  # type: ignore[attr-defined]


def asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 302 or request.user.is_authenticated:
        return False
    try:
        there = resolve(urlsplit(response.headers["Location"]).path)
    except Resolver404:
        return False
    return there.view_name in SIGN_IN


def is_outdated(request: HttpRequest, response: HttpResponse) -> bool:
    """A page of ours from before the last sign-in: its form was refused, its text is honest.

    A foreign page can't pass for ours: browsers say where a form comes from.
    """
    refused = response.status_code == 403 and not getattr(request, "csrf_processing_done", False)
    return refused and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def keep(request: HttpRequest) -> bool:
    """Whether there was anything to keep."""
    match = request.resolver_match
    if match is None or match.view_name in SIGN_IN or match.view_name.startswith(SECRET_PAGES):
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    largest = LARGEST_TEXT if hasattr(match.func, "takes_up_to") else LARGEST
    if not any(value.strip() for _name, value in fields) or _size(fields) > largest:
        return False
    if _count(request) > MOST_PER_NETWORK:
        return False
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "at": time.time(),
        "author": getattr(request, "author_of_typed_text", None),
    }
    return True


def _size(fields: list[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) for name, value in fields)


def _count(request: HttpRequest) -> int:
    """How many forms have come too late from this network lately, this one included."""
    key = f"{KEY}:{network_key(request)}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key)


def lead_back(request: HttpRequest) -> HttpResponse:
    """To the page that shows the text, by way of signing in if need be."""
    page = reverse("member:typed")
    if request.user.is_authenticated:
        return redirect(page)
    return redirect_to_login(page, reverse(settings.LOGIN_URL))


def kept_for(request: HttpRequest) -> Typed | None:
    """What the person who is signed in had typed; somebody else's text is thrown away."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None:
        return None
    if kept["author"] not in (None, request.user.pk) or time.time() - kept["at"] > KEPT:
        forget(request)
        return None
    return Typed(kept["path"], [(name, value) for name, value in kept["fields"]])


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def forget_if_sent(request: HttpRequest) -> None:
    kept = request.session.get(KEY)
    if kept and kept["path"] == request.get_full_path() and request.user.is_authenticated:
        forget(request)
