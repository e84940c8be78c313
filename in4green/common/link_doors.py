"""The door of pages behind a signed link: its address is the key, without account or cookie."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from in4green.common import signed_links

View = Callable[..., HttpResponseBase]
SHORTEST_SHOWN = 12  # characters; what is shorter is a choice, not a text


@dataclass(frozen=True)
class LinkDoor:
    """Decorates views that take ``request, link, …`` behind an address with ``pk`` and ``token``.

    A link has ``is_open`` and ``state``. ``gone`` gives the status code of each state that is not
    open; ``template`` extends ``links/closed.html``.
    """

    find: Callable[[UUID, str], Any]
    is_asked_too_often: Callable[[Any], bool]
    gone: dict[str, int]
    template: str
    group_of: Callable[[Any], Any]
    lock: Callable[[Any], Any] = lambda link: link
    """What holds the link against others while something is sent."""

    def __call__(self, view: View) -> View:
        @wraps(view)
        @transaction.atomic
        def guarded(request: HttpRequest, pk: UUID, token: str, **more: Any) -> HttpResponseBase:
            response = self._open(request, self.find(pk, token), view, more)
            # The address is the key: no other site learns it.
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        # The token is the proof; no cookie is involved.
        return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(guarded))

    def _open(
        self, request: HttpRequest, link: Any, view: View, more: dict[str, Any]
    ) -> HttpResponseBase:
        if link is None:
            return self._closed(request, None, "unknown", 404)
        if self.is_asked_too_often(link):
            response = self._closed(request, link, "busy", 429)
            response.headers["Retry-After"] = str(signed_links.HOUR)
            return response
        if request.method == "POST":
            link = self.lock(link)
        if not link.is_open:
            return self._closed(request, link, link.state, self.gone[link.state])
        signed_links.note_use(link)
        return view(request, link, **more)

    def _closed(self, request: HttpRequest, link: Any, state: str, status: int) -> HttpResponseBase:
        group = self.group_of(link) if link else None
        context = {"state": state, "link": link, "group": group, "typed": _typed(request)}
        return render(request, self.template, context, status=status)


def _typed(request: HttpRequest) -> list[str]:
    """What a person wrote, without choices and what the form itself sends."""
    texts = [text for _name, values in request.POST.lists() for text in values]
    return [text for text in texts if len(text) >= SHORTEST_SHOWN and not _is_of_the_form(text)]


def _is_of_the_form(text: str) -> bool:
    """Whether it is what the form was filled with before, or the token that counts it once."""
    if text.startswith("{"):
        return True
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
