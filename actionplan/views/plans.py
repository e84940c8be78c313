"""The plan of a group: which there are, how far it is, begun, its facts changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan import progress, standing_steps
from actionplan.editions.showing import newest_edition
from actionplan.forms.plans import BeginForm, PlanForm
from actionplan.models import Plan
from actionplan.services import plans
from actionplan.services.sections import lock
from actionplan.views.editions import published
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from groups.models import WorkingGroup


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Strangers find the newest edition of each plan.

    Whoever sees one plan only goes straight to it, unless he wants to begin another.
    """
    if not request.user.is_authenticated:
        return published(request)
    visible = list(Plan.objects.visible_to(request.user).select_related("group"))
    if len(visible) == 1 and "all" not in request.GET:
        return redirect(visible[0])
    may_begin = _own_groups(request.user).exists()
    return render(request, "plan/list.html", {"plans": visible, "may_begin": may_begin})


def _own_groups(user: Any) -> Any:
    """Those for which somebody may begin a plan."""
    if not user.has_perm("actionplan.add_plan"):
        return WorkingGroup.objects.none()
    return WorkingGroup.objects.visible_to(user).order_by("name")


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    groups = _own_groups(request.user)
    if not groups:
        raise PermissionDenied("actionplan.add_plan")
    form = BeginForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        plan = plans.begin_plan(by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The plan is begun. Say who is responsible for what."))
        return redirect(plan)
    return render(request, "plan/begin.html", {"form": form})


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever does not belong to its group reads the newest edition."""
    try:
        if request.user.is_authenticated:
            return of_group(request, slug=slug)
    except Http404:
        pass
    newest = newest_edition(slug)
    if newest is None and request.user.is_authenticated:
        raise Http404
    return redirect(newest) if newest else redirect_to_login(request.get_full_path())


@with_plan("actionplan.view_plan")
def of_group(request: HttpRequest, plan: Plan) -> HttpResponse:
    lines = progress.lines(plan)
    context = {
        "plan": plan,
        "lines": lines,
        "count": progress.count(lines),
        "standing": standing_steps.of(plan),
        "may_change": request.user.has_perm("actionplan.change_plan", plan),
    }
    return render(request, "plan/plan.html", context)


@with_plan("actionplan.change_plan")
@transaction.atomic
def edit(request: HttpRequest, plan: Plan) -> HttpResponse:
    if request.method == "POST":
        plan = lock(plan)
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        plans.save_plan(form, by=signed_in(request))
        messages.success(request, _("The plan is saved."))
        return redirect(plan)
    return render(request, "plan/edit.html", {"form": form, "plan": plan})
