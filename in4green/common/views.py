"""Answers for machines that watch over the portal: no cookie, no redirect, no session."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from in4green.common.health import find_problems


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """This process answers; nothing else is asked, not even the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the portal can do its duty; 503 with every problem by name when it can not."""
    problems = {name: problem.text for name, problem in find_problems().items()}
    status = {"status": "red", "problems": problems} if problems else {"status": "ok"}
    return JsonResponse(status, status=503 if problems else 200)
