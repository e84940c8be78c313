"""Coordination drops an action, takes it up again, puts it into the bin and brings it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actionplan.forms.actions import DropForm
from actionplan.models import Action, Plan
from actionplan.services import actions as services
from actionplan.services.arranging import move as move_action
from actionplan.views.acting import with_action
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in


@with_action("actionplan.end_action")
def drop(request: HttpRequest, action: Action) -> HttpResponse:
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = _("The action is dropped. It keeps its number, and the plan says why.")
        _act(request, services.drop, action, said, **form.cleaned_data)
        return redirect(action)
    context = {"form": form, "action": action, "plan": action.plan}
    return render(request, "actions/drop.html", context)


@require_POST
@with_action("actionplan.end_action")
def take_up(request: HttpRequest, action: Action) -> HttpResponse:
    _act(request, services.take_up, action, _("The action goes on."))
    return redirect(action)


@with_action("actionplan.end_action")
def delete(request: HttpRequest, action: Action) -> HttpResponse:
    if request.method == "POST":
        said = _("The action is in the bin. It can be brought back for 30 days.")
        _act(request, services.delete, action, said)
        return redirect("plan:actions", action.plan.slug)
    return render(request, "actions/delete.html", {"action": action, "plan": action.plan})


@require_safe
@with_plan("actionplan.end_action")
def in_bin(request: HttpRequest, plan: Plan) -> HttpResponse:
    rows = plan.actions.in_bin().select_related("changed_by").order_by("-deleted_at")
    return render(request, "actions/bin.html", {"plan": plan, "actions": rows})


@require_POST
@with_action("actionplan.end_action", in_bin=True)
def restore(request: HttpRequest, action: Action) -> HttpResponse:
    _act(request, services.restore, action, _("The action is back."))
    return redirect(action)


def _act(request: HttpRequest, act: Any, action: Action, said: str, **facts: Any) -> None:
    try:
        act(action, by=signed_in(request), **facts)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)


@require_POST
@with_plan("actionplan.end_action")
def move(request: HttpRequest, plan: Plan) -> HttpResponse:
    """``up`` or ``down``: the number of the action. The page goes on where it was."""
    up = "up" in request.POST
    number = request.POST.get("up" if up else "down", "")
    asked = int(number) if number.isdecimal() and len(number) < 9 else 0
    action = get_object_or_404(plan.actions.there(), number=asked)
    if not move_action(action, up=up, by=signed_in(request)):
        messages.info(request, _("It stands at the end of its objective already."))
    back = reverse("plan:actions", args=[plan.slug])
    return HttpResponseRedirect(f"{back}?arrange#action-{action.number}")
