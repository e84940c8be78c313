"""What was deleted: asked before, listed, brought back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan import outline, progress
from actionplan.models import Plan, Section
from actionplan.services import bin as services
from actionplan.views.guarding import with_plan, with_section
from groups.accounts import signed_in


@require_safe
@with_plan("actionplan.view_plan")
def listing(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The texts of all of it can be read by the group."""
    context = {
        "plan": plan,
        "lines": progress.lines_in_bin(plan),
        "days": settings.ACTIONPLAN["BIN"].days,
        "may_change": request.user.has_perm("actionplan.change_plan", plan),
    }
    return render(request, "plan/bin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_section("actionplan.change_section")
def delete(request: HttpRequest, section: Section) -> HttpResponse:
    """Says first which parts go along."""
    if request.method == "POST":
        return _delete(request, section)
    [here] = [
        place
        for place in outline.in_order(progress.places(section.plan))
        if place.section.pk == section.pk
    ]
    parts = list(outline.in_order(here.children))
    context = {"section": section, "parts": parts, "days": settings.ACTIONPLAN["BIN"].days}
    return render(request, "plan/sections/delete.html", context)


def _delete(request: HttpRequest, section: Section) -> HttpResponse:
    try:
        services.delete_section(section, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("“%(title)s” is in the bin.") % {"title": section})
    return redirect(section.plan)


@require_POST
@with_section("actionplan.change_section", in_bin=True)
def restore(request: HttpRequest, section: Section) -> HttpResponse:
    try:
        services.restore_section(section, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("plan:bin", slug=section.plan.slug)
    messages.success(request, _("“%(title)s” is back.") % {"title": section})
    return redirect(section)
