"""Addresses below a plan. Unseen is 404, seen but not allowed is 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actionplan.models import Plan, Section
from in4green.common.permissions import require_perm

View = Callable[..., HttpResponse]


def find_plan(request: HttpRequest, slug: str) -> Plan:
    visible = Plan.objects.visible_to(request.user).select_related("group__city", "changed_by")
    plan: Plan = get_object_or_404(visible, slug=slug)
    return plan


def with_plan(permission: str) -> Callable[[View], View]:
    """``slug`` of the address becomes the plan."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
            plan = find_plan(request, slug)
            require_perm(request.user, permission, plan)
            return view(request, plan, **more)

        return guarded

    return guard


def with_section(permission: str = "", *, in_bin: bool = False) -> Callable[[View], View]:
    """``slug`` and ``pk`` become the section; in the bin only where the view is made for it.

    Without a permission whoever sees it may.
    """

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, pk: int, **more: Any) -> HttpResponse:
            visible = Section.objects.visible_to(request.user).filter(plan__slug=slug)
            found = visible if in_bin else visible.there()
            rows = found.select_related("plan__group__city", "changed_by", "deleted_by")
            section = get_object_or_404(rows, pk=pk)
            if permission:
                require_perm(request.user, permission, section)
            return view(request, section, **more)

        return guarded

    return guard
