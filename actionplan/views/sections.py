"""A section: what is known of it, added, changed."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan import outline, progress
from actionplan.forms.sections import SectionForm
from actionplan.models import Plan, Section
from actionplan.outline import Place
from actionplan.services import sections
from actionplan.services.sections import lock_section
from actionplan.views.guarding import with_plan, with_section
from groups.accounts import signed_in


@require_safe
@with_section()
def section(request: HttpRequest, section: Section) -> HttpResponse:
    """What is known of it, and how it came so far; its text has a page of its own."""
    line = progress.line(section)
    context = {
        "section": line.section,
        "plan": section.plan,
        "line": line,
        "changes": section.status_changes.select_related("by"),
        "may_change": request.user.has_perm("actionplan.change_section", section),
        "may_submit": request.user.has_perm("actionplan.submit_section", section),
        "may_approve": request.user.has_perm("actionplan.approve_section", section),
    }
    return render(request, "plan/sections/section.html", context)


@with_plan("actionplan.change_plan")
@transaction.atomic
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    """At the end of the plan, or of the section that ``part_of`` names."""
    above = _part_of(request, plan)
    parent = above.section if above else None
    form = SectionForm(request.POST or None, instance=Section(plan=plan, parent=parent))
    if request.method == "POST" and form.is_valid():
        added = sections.save_section(form, by=signed_in(request))
        messages.success(request, _("The section is added."))
        return redirect(added)
    context = {"form": form, "plan": plan, "parent": parent}
    return render(request, "plan/sections/edit.html", context)


def _part_of(request: HttpRequest, plan: Plan) -> Place | None:
    key = request.GET.get("part_of")
    if not key:
        return None
    for place in outline.in_order(progress.places(plan)):
        if str(place.section.pk) == key and place.depth < outline.DEEPEST:
            return place
    raise Http404


@with_section("actionplan.change_section")
@transaction.atomic
def edit(request: HttpRequest, section: Section) -> HttpResponse:
    if request.method == "POST":
        section = lock_section(section)
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        sections.save_section(form, by=signed_in(request))
        messages.success(request, _("The section is saved."))
        return redirect(section)
    context = {"form": form, "plan": section.plan, "section": section}
    return render(request, "plan/sections/edit.html", context)
