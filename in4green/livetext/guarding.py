"""The door to every page about a text: its owner decides, the page only names what it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access, owner_of
from in4green.livetext.rules import may_read_comments

View = Callable[..., HttpResponse]


def with_text(least: Access, *, inside: bool = False) -> Callable[[View], View]:
    """``pk`` of the address becomes the text. Unseen is 404, seen but not allowed is 403.

    Strangers are asked to sign in, whether there is such a text or not. ``inside``: how a text
    came about is not for everybody who may read it once it is public.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
            text = LiveText.objects.filter(pk=pk).first()
            granted = access(request.user, text) if text else Access.NOTHING
            if text and inside and granted == Access.READ:
                granted = granted if may_read_comments(request.user, text) else Access.NOTHING
            if granted == Access.NOTHING:
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path())
            if granted < least:
                raise PermissionDenied(f"livetext.{least.name.lower()}")
            return view(request, text, **rest)

        return guarded

    return guard


def page_of(text: LiveText) -> dict[str, Any]:
    """What every page about a text says of it."""
    owner = owner_of(text)
    return {"text": text, "text_title": owner.title(text), "text_url": owner.url(text)}
