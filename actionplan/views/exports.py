"""Files of a plan's draft: asked for here by its group, made by a worker, fetched here."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actionplan.models import Plan, PlanExport
from actionplan.services import exports as service
from actionplan.views.editions import MEDIA_TYPES
from actionplan.views.guarding import find_plan, with_plan
from in4green.common.permissions import require_perm
from in4green.common.uploads.serving import answer_with

Format = PlanExport.Format
SCHEMA = settings.BASE_DIR / "actionplan" / "schemas" / "plan.schema.json"


@with_plan("actionplan.view_plan")
def exports(request: HttpRequest, plan: Plan) -> HttpResponse:
    """GET shows what there is and how far the rest is, POST asks for a file of the draft."""
    if request.method == "POST":
        kind, language = request.POST.get("format"), request.POST.get("language")
        if kind in Format.values and language in plan.languages:
            service.ask(plan, str(kind), str(language))
        return redirect("plan:exports", slug=plan.slug)
    rows = list(plan.exports.select_related("edition").order_by("asked_at"))
    drafts = {(row.language, row.format): row for row in rows if row.edition_id is None}
    names = dict(settings.LANGUAGES)
    context: dict[str, Any] = {
        "plan": plan,
        "languages": [
            (code, names[code], [(kind, drafts.get((code, kind.value))) for kind in Format])
            for code in plan.languages
        ],
        "is_waiting": any(row.is_waiting for row in drafts.values()),
        "is_ready": any(row.is_made for row in drafts.values()),
        "failed": [row for row in rows if row.edition_id and row.is_failed],
        "may_ask_again": request.user.has_perm("actionplan.change_plan", plan),
    }
    return render(request, "plan_exports/exports.html", context)


@require_POST
@with_plan("actionplan.view_plan")
def ask_again(request: HttpRequest, plan: Plan) -> HttpResponse:
    """For files of editions that could not be made."""
    require_perm(request.user, "actionplan.change_plan", plan)
    service.ask_again(plan)
    return redirect("plan:exports", slug=plan.slug)


@require_safe
@login_required
def export(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    plan = find_plan(request, slug)
    rows = PlanExport.objects.of_drafts().made().filter(plan=plan)
    found = get_object_or_404(rows, pk=pk)
    name = f"{plan.slug}-entwurf-{found.language}.{found.format}"
    return answer_with(found.file, MEDIA_TYPES[found.format], name=name, to_keep=True)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Of the JSON files, for everybody who reads them with a program."""
    return HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json")
