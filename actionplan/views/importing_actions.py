"""Actions from a spreadsheet: see what would happen with each row, tick, take over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan import columns
from actionplan.forms.importing_actions import TableForm, seal, ticked, unseal
from actionplan.importing.actions import BROKEN, Planner, digest
from actionplan.importing.rows import Table, read_table
from actionplan.models import Plan
from actionplan.services.importing_actions import take_over
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from in4green.common import uploads
from in4green.common.exporting import workbook_response
from in4green.common.middleware import takes_up_to

LARGEST = uploads.LARGEST_FILE + 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(LARGEST)
@with_plan("actionplan.add_action")
def bring(request: HttpRequest, plan: Plan) -> HttpResponse:
    """GET asks for a file; POST reads it and shows what would happen."""
    if request.method != "POST":
        return _page(request, plan, TableForm())
    form = TableForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            table = read_table(form.cleaned_data["file"], columns.ACTIONS, needs="title")
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _page(request, plan, form, table)
    return _page(request, plan, form)


@require_POST
@takes_up_to(LARGEST)
@with_plan("actionplan.add_action")
def take(request: HttpRequest, plan: Plan) -> HttpResponse:
    table = unseal(plan, request.POST.get("rows", ""))
    if table is None:
        messages.info(request, _("Too much time has passed. Please choose the file again."))
        return redirect("plan:import_actions", slug=plan.slug)
    shown, chosen = request.POST.get("shown", ""), ticked(request.POST)
    taken, done = take_over(plan, table, shown=shown, ticked=chosen, by=signed_in(request))
    if not done:
        return _page(request, plan, TableForm(), table, differs=True)
    if not taken:
        return _page(request, plan, TableForm(), table, nothing=True)
    n = len(taken)
    said = ngettext("%(n)d action was taken over.", "%(n)d actions were taken over.", n)
    messages.success(request, said % {"n": n})
    return redirect("plan:actions", slug=plan.slug)


@require_safe
@with_plan("actionplan.add_action")
def template(request: HttpRequest, plan: Plan) -> Any:
    """Empty tables with our headings."""
    sheets = [
        (_("Actions"), columns.heads(columns.ACTIONS)),
        *map(columns.part_sheet, columns.PARTS),
    ]
    empty: list[Any] = [(title, head, []) for title, head in sheets]
    return workbook_response(f"{plan.slug}-{_('actions')}", empty)


def _page(
    request: HttpRequest, plan: Plan, form: TableForm, table: Table | None = None, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {"plan": plan, "form": form, **more}
    if table is not None:
        planner = Planner(plan)
        rows = planner.plan_table(table)
        context |= {
            "rows": rows,
            "lost": planner.lost,
            "new": sum(row.is_new for row in rows),
            "broken": sum(row.outcome == BROKEN for row in rows),
            "ignored": table.ignored,
            "sealed": seal(plan, table),
            "digest": digest(rows),
        }
    return render(request, "plan/importing/actions.html", context)
