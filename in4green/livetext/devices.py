"""What a browser keeps of texts ends with the session: the next person at the device finds none.

Until it is acknowledged, what somebody has typed is kept in his browser. At sign-out it goes; a
session that merely ends keeps it for the one who typed it, who signs in again.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse


@receiver(user_logged_out)
def note_sign_out(sender: Any, request: HttpRequest | None, **_: Any) -> None:
    is_asked_for = not getattr(request, "signed_out_because", "")
    if request is not None and is_asked_for:
        request.META[__name__] = True


class ForgetTextsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.META.get(__name__):
            response["Clear-Site-Data"] = '"storage"'
        return response
