"""What actions are for and what pays for them: objectives, areas of intervention, sources."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from actionplan.forms.goals import GOALS
from actionplan.forms.sheets import PartSheet
from actionplan.models import Plan
from actionplan.services.actions import lock
from actionplan.services.goals import save_goals
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in


@with_plan("actionplan.change_goals")
@transaction.atomic
def edit(request: HttpRequest, plan: Plan, part: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        plan = lock(plan)
    sheet = PartSheet(GOALS[part], plan, user=request.user, data=sent)
    if sent is not None and "add" in sent:
        sheet.leave_unchecked()
    elif sent is not None and sheet.is_valid():
        save_goals(sheet, by=signed_in(request))
        messages.success(request, _("“%(part)s” is saved.") % {"part": sheet.part.title})
        return redirect(f"plan:{part}", plan.slug)
    context = {"sheet": sheet, "form": sheet, "plan": plan, "parts": list(GOALS.values())}
    return render(request, "actions/goals.html", context)
