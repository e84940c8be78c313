"""Addresses of actions. Unseen is 404, seen but not allowed is 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplan.models import Action
from in4green.common.permissions import require_perm

View = Callable[..., HttpResponse]


def find_action(request: HttpRequest, slug: str, number: int, *, in_bin: bool = False) -> Action:
    visible = Action.objects.visible_to(request.user).filter(plan__slug=slug)
    rows = visible if in_bin else visible.there()
    named = rows.select_related("plan__group", "changed_by", "text")
    action: Action = get_object_or_404(named, number=number)
    return action


def with_action(permission: str, *, in_bin: bool = False) -> Callable[[View], View]:
    """``slug`` and ``number`` become the action; in the bin only where it is made for it."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, number: int, **more: Any) -> HttpResponse:
            action = find_action(request, slug, number, in_bin=in_bin)
            require_perm(request.user, permission, action)
            return view(request, action, **more)

        return guarded

    return guard
