"""Actions to write: a new one, and each part of one on a page of its own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from actionplan.forms.dependencies import AfterForm
from actionplan.forms.parts import FACTS, PARTS
from actionplan.forms.sheets import Part, PartSheet
from actionplan.models import Action, Plan
from actionplan.services import actions as services
from actionplan.services import dependencies
from actionplan.views.acting import find_action
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings.models import Lesson, Practice


@with_plan("actionplan.add_action")
@transaction.atomic
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    """``?practice=`` or ``?lesson=``: what it comes from."""
    origin = _origin(request)
    action = Action(plan=plan)
    sheet = PartSheet(FACTS, action, user=request.user, data=_sent(request))
    if request.method == "POST" and sheet.is_valid():
        saved = services.save_part(sheet, by=signed_in(request), **origin)
        messages.success(
            request,
            _("The action has the number %(number)d. What is still missing stands below.")
            % {"number": saved.number},
        )
        return redirect(saved)
    context = {"sheet": sheet, "form": sheet, "action": action, "plan": plan, "origin": origin}
    return render(request, "actions/edit.html", context)


def _origin(request: HttpRequest) -> dict[str, list[Any]]:
    """Raises Http404 for what this person doesn't see."""
    slug, number = request.GET.get("practice", ""), request.GET.get("lesson", "")
    if slug:
        practices = Practice.objects.visible_to(request.user)
        return {"practices": [get_object_or_404(practices, slug=slug)]}
    if number:
        if not number.isdecimal():
            raise Http404
        visible = Lesson.objects.visible_to(request.user).select_related("practice", "visit")
        lesson = get_object_or_404(visible, pk=number[:18])
        practices_of = {"practices": [lesson.practice]} if lesson.practice else {}
        return {"lessons": [lesson], **practices_of}
    return {}


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@transaction.atomic
def edit(request: HttpRequest, slug: str, number: int, part: str) -> HttpResponse:
    action = _find_to_write(request, slug, number)
    sheet = PartSheet(PARTS[part], action, user=request.user, data=_sent(request))
    if sheet.data is not None and not action.goes_on:
        sheet.leave_unchecked()
        messages.error(request, _over(action))
    elif sheet.data is not None and "add" in sheet.data:
        sheet.leave_unchecked()
    elif sheet.data is not None and sheet.is_valid():
        saved = services.save_part(sheet, by=signed_in(request))
        messages.success(request, _("“%(part)s” is saved.") % {"part": sheet.part.title})
        return redirect(f"{saved.get_absolute_url()}#{part}")
    context = {"sheet": sheet, "form": sheet, "action": action, "plan": action.plan}
    return render(request, "actions/edit.html", {**context, "parts": _parts()})


def _find_to_write(request: HttpRequest, slug: str, number: int) -> Action:
    """As it is once everybody else is done; who has typed meanwhile gets it back on the page."""
    action = find_action(request, slug, number, in_bin=request.method == "POST")
    if request.method != "POST":
        require_perm(request.user, "actionplan.change_action", action)
        return action
    require_perm(request.user, "actionplan.add_action", action.plan)
    services.lock(action.plan)
    return find_action(request, slug, number, in_bin=True)


def _over(action: Action) -> str:
    words = (
        _("This action has been moved to the bin meanwhile.")
        if action.deleted_at
        else _("This action has been dropped meanwhile.")
    )
    return " ".join(
        [
            words,
            _("Nothing was saved. What you typed is still below, so that you can copy it."),
            _("Coordination can bring the action back."),
        ]
    )


def _parts() -> list[Part]:
    return list(PARTS.values())


@login_required
@transaction.atomic
def after(request: HttpRequest, slug: str, number: int, step: int) -> HttpResponse:
    """What has to be finished before a step begins: steps of all actions of the plan."""
    action = _find_to_write(request, slug, number)
    require_perm(request.user, "actionplan.change_action", action)
    row = get_object_or_404(action.steps.select_related("action__plan", "changed_by"), pk=step)
    form = AfterForm(_sent(request), instance=row)
    if request.method == "POST" and form.is_valid():
        dependencies.save_after(form, by=signed_in(request))
        messages.success(request, _("What “%(step)s” waits for is saved.") % {"step": row})
        return redirect(f"{action.get_absolute_url()}#steps")
    context = {"form": form, "step": row, "action": action, "plan": action.plan}
    return render(request, "actions/after.html", context)
