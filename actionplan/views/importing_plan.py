"""A plan that is written already: upload it, see where its parts would go, take them over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actionplan import outline, progress
from actionplan.forms.importing import PartsForm
from actionplan.importing.matching import match
from actionplan.importing.parts import Document
from actionplan.models import Plan, Section
from actionplan.outline import Place
from actionplan.services import importing_plan as service
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from in4green.common import uploads
from in4green.common.middleware import takes_up_to
from in4green.livetext.importing import queue, taking, telling
from in4green.livetext.importing.forms import FileForm, WordsForm
from in4green.livetext.models import TextImport


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(uploads.LARGEST_FILE + 64 * 1024)
@with_plan("actionplan.change_plan")
def bring(request: HttpRequest, plan: Plan) -> HttpResponse:
    """GET shows how far one's file is, POST brings one; it takes the place of an earlier one."""
    if request.method != "POST":
        return _page(request, plan, FileForm())
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        begun = service.begin(plan, by=signed_in(request))
        try:
            queue.upload(begun.text, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("plan:import", slug=plan.slug)
    return _page(request, plan, form)


@require_POST
@with_plan("actionplan.change_plan")
def take(request: HttpRequest, plan: Plan) -> HttpResponse:
    row = service.mine(plan, request.user)
    if row is None or not row.is_ready:
        messages.info(request, _("This file has been taken over or discarded already."))
        return redirect("plan:import", slug=plan.slug)
    found = service.document(row)
    words = WordsForm(request.POST, pictures=taking.without_words(_content(row)))
    parts = _parts_form(plan, found, request.POST)
    if not (words.is_valid() & parts.is_valid()):
        return _page(request, plan, FileForm(), words, parts)
    try:
        n = service.take(row, parts.goals, words.words, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("plan:import", slug=plan.slug)
    said = ngettext("%(n)d part is in the plan.", "%(n)d parts are in the plan.", n)
    messages.success(request, said % {"n": n})
    return redirect(plan)


@require_POST
@with_plan("actionplan.change_plan")
def discard(request: HttpRequest, plan: Plan) -> HttpResponse:
    begun = plan.imports.filter(by=signed_in(request)).select_related("text").first()
    if begun:
        service.discard(begun)
    messages.success(request, _("The file is discarded. The plan is as it was."))
    return redirect("plan:import", slug=plan.slug)


def _content(row: TextImport) -> Any:
    return row.content


def _page(
    request: HttpRequest,
    plan: Plan,
    form: FileForm,
    words: WordsForm | None = None,
    parts: PartsForm | None = None,
) -> HttpResponse:
    row = service.mine(plan, request.user)
    context: dict[str, Any] = {"plan": plan, "row": row, "form": form}
    if row and row.is_ready:
        found = service.document(row)
        context |= {
            "document": found,
            "left_out": telling.sentences(row.report["left_out"]),
            "words": words or WordsForm(pictures=taking.without_words(_content(row))),
            "most": service.MOST_PARTS,
        }
        if 0 < len(found.parts) <= service.MOST_PARTS:
            context["parts"] = parts or _parts_form(plan, found, None)
    return render(request, "plan/importing/page.html", context)


def _parts_form(plan: Plan, found: Document, data: Any) -> PartsForm:
    places = list(outline.in_order(progress.places(plan)))
    open_places = [place for place in places if _is_open(place)]
    sections = [place.section for place in places]
    matches = match([part.title for part in found.parts], sections)
    return PartsForm(data, parts=found.parts, matches=matches, open_places=open_places)


def _is_open(place: Place) -> bool:
    """Coordination writes whatever is not agreed yet."""
    return bool(place.section.status != Section.Status.APPROVED)
