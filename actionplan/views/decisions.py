"""What a council or committee has decided, and how far the plan has come by it."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan import standing_steps
from actionplan.forms.approvals import CorrectionForm, DecisionForm, StatusForm
from actionplan.models import Decision, Plan
from actionplan.services import deciding, standing
from actionplan.views.guarding import with_plan
from actionplan.views.reviews import with_row
from groups.accounts import signed_in
from in4green.common.middleware import takes_up_to
from in4green.common.uploads.serving import answer_with


def _overview(plan: Plan, anchor: str = "") -> HttpResponse:
    response = redirect("plan:reviews", plan.slug)
    response["Location"] += anchor and f"#{anchor}"
    return response


@takes_up_to(deciding.LARGEST_SHEET)
@with_plan("actionplan.change_plan")
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = DecisionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        document, user = form.cleaned_data["document"], signed_in(request)
        if _kept(form, lambda: deciding.enter(form, plan, document=document, by=user)):
            messages.success(request, _("The decision is recorded."))
            return _overview(plan, "decisions")
    return render(request, "reviews/decision.html", {"form": form, "plan": plan})


def _kept(form: Any, save: Any) -> Any:
    """What is refused of a document stands beside its field."""
    try:
        return save()
    except ValidationError as error:
        same = getattr(error, "code", "") == "same"
        form.add_error(None if same else "document", error.messages)
        return None


@takes_up_to(deciding.LARGEST_SHEET)
@with_row(Decision, "actionplan.change_plan")
@transaction.atomic
def correct(request: HttpRequest, decision: Decision) -> HttpResponse:
    if request.method == "POST":
        decision = deciding.lock(decision)
    form = CorrectionForm(request.POST or None, request.FILES or None, instance=decision)
    if request.method == "POST" and form.is_valid():
        document, reason = form.cleaned_data["document"], form.cleaned_data["reason"]
        how = {"reason": reason, "document": document, "by": signed_in(request)}
        if _kept(form, lambda: deciding.correct(form, **how)):
            messages.success(request, _("The decision is corrected; what it said before is kept."))
            return _overview(decision.plan, "decisions")
    context = {"form": form, "plan": decision.plan, "row": decision}
    return render(request, "reviews/decision.html", context)


@require_safe
@with_row(Decision, "actionplan.view_plan")
def document(request: HttpRequest, decision: Decision) -> HttpResponseBase:
    """The right is asked each time; a copy is never used without asking again."""
    if not decision.file:
        raise Http404
    day = decision.decided_on.isoformat()
    name = f"{slugify(decision.body)}-{day}{PurePath(str(decision.file.name)).suffix}"
    response = answer_with(decision.file, decision.media_type, name=name, to_keep=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


@with_plan("actionplan.change_plan")
def status(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = StatusForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid() and _changed(form, plan, request):
        messages.success(request, _("The plan’s status is changed."))
        return _overview(plan)
    found = standing_steps.of(plan)
    context = {"form": form, "plan": plan, "standing": found}
    return render(request, "reviews/status.html", context)


def _changed(form: StatusForm, plan: Plan, request: HttpRequest) -> bool:
    try:
        standing.set_status(plan, by=signed_in(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
