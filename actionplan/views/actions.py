"""Actions to read: all of a plan by objective, one with its six things, its description."""

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actionplan import action_showing as showing
from actionplan.action_chain import chain_of_action
from actionplan.action_checks import gaps_of, warnings_of
from actionplan.forms.parts import PARTS
from actionplan.history import history_of
from actionplan.models import Action, Plan
from actionplan.services.arranging import in_order
from actionplan.views.acting import with_action
from actionplan.views.guarding import with_plan
from in4green.common.permissions import require_perm
from in4green.livetext.archive import reading
from in4green.livetext.editor import text_page


@require_safe
@with_plan("actionplan.view_plan")
def listing(request: HttpRequest, plan: Plan) -> HttpResponse:
    """``?arrange``: with buttons that change the order."""
    named = plan.actions.there().with_gaps()
    named = named.select_related("objective__parent", "area", "lead_organisation", "lead_member")
    may_end = request.user.has_perm("actionplan.end_action", plan)
    actions = list(named)
    context = {
        "plan": plan,
        "shelves": _shelves(plan, actions),
        "may_add": request.user.has_perm("actionplan.add_action", plan),
        "may_end": may_end,
        "arranging": may_end and "arrange" in request.GET,
        "count": len(actions),
    }
    return render(request, "actions/list.html", context)


def _shelves(plan: Plan, actions: list[Action]) -> list[dict[str, Any]]:
    """One for each objective that has any, in the order of the plan."""
    ordered = in_order(plan, actions)
    for action in ordered:
        action.plan = plan
    shelves = groupby(ordered, key=lambda one: one.objective)
    return [{"objective": one, "rows": [_row(a) for a in found]} for one, found in shelves]


def _row(action: Action) -> dict[str, Any]:
    return {
        "action": action,
        "lead": showing.lead_in_words(action),
        "period": showing.period_in_words(action.starts_on, action.ends_on, showing.MONTHS),
        "gaps": gaps_of(action),
    }


@require_safe
@login_required
def action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    visible = Action.objects.visible_to(request.user).there().filter(plan__slug=slug)
    rows = showing.whole(visible, request.user).select_related("plan__group")
    found = get_object_or_404(rows, number=number)
    require_perm(request.user, "actionplan.view_action", found)
    context = {
        "action": found,
        "plan": found.plan,
        "parts": PARTS,
        **_six_things(found),
        "gaps": gaps_of(found),
        "warnings": warnings_of(found),
        "chain": chain_of_action(found, request.user),
        "html": reading.html(found.text),
        "history": history_of(found),
        "may_change": request.user.has_perm("actionplan.change_action", found)
        and not found.is_dropped,
        "may_end": request.user.has_perm("actionplan.end_action", found),
    }
    return render(request, "actions/action.html", context)


def _six_things(action: Action) -> dict[str, Any]:
    """Timing, responsibility, cost, funding, indicators, risks; and what it is for."""
    return {
        "summary": showing.summary_of(action),
        "facts": showing.facts_of(action),
        "period": showing.period_in_words(action.starts_on, action.ends_on),
        "steps": showing.steps_of(action),
        "responsibility": showing.responsibility_of(action),
        "fundings": action.fundings.all(),
        "sums": showing.sums_of(action),
        "indicators": showing.indicators_of(action),
        "risks": action.risks.all(),
        "tests": action.testing_actions.all(),
    }


@require_safe
@with_action("actionplan.view_action")
def text(request: HttpRequest, action: Action) -> HttpResponse:
    """The description, with the editor for whoever may write or propose."""
    context = {
        "action": action,
        "plan": action.plan,
        **text_page(request.user, action.text, label=str(action)),
    }
    return render(request, "actions/text.html", context)
