"""A text is edited by a form, where a browser runs no script or an office bars the editor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from in4green.common.middleware import takes_up_to
from in4green.livetext import by_form
from in4green.livetext.archive import reading
from in4green.livetext.content import diff, markup
from in4green.livetext.forms import LinesForm
from in4green.livetext.guarding import page_of, with_text
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, owner_of, table_names

LARGEST = 2 * 1024 * 1024  # bytes: more than a text may hold


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(LARGEST)
@with_text(Access.WRITE)
def edit(request: HttpRequest, text: LiveText) -> HttpResponse:
    if request.method != "POST":
        lines = markup.write(reading.content(text))
        return _page(request, text, LinesForm(initial={"lines": lines, "base": _base(text)}))
    form = LinesForm(request.POST)
    if not form.is_valid() or "again" in request.POST:
        return _page(request, text, form)
    try:
        return _save(request, text, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("lines", error)
        return _page(request, text, form)


def _base(text: LiveText) -> str:
    return str(by_form.base_of(text))


def _page(request: HttpRequest, text: LiveText, form: LinesForm) -> HttpResponse:
    context = {"form": form, "table_names": table_names(text)}
    return render(request, "livetext/edit.html", {**page_of(text), **context})


def _save(request: HttpRequest, text: LiveText, *, lines: str, base: str) -> HttpResponse:
    """At once if nobody was faster; else what came in between is shown first."""
    began_with = by_form.read_base(base)
    if "confirmed" not in request.POST:
        found = by_form.merge(text, began_with, lines)
        blocks = diff.compare(found.before, found.result)
        if found.is_change and any(block.kind != "same" for block in blocks):
            context = {"lines": lines, "base": base, "is_merged": found.is_merged}
            context["sections"] = diff.sections(blocks)
            return render(request, "livetext/merge.html", {**page_of(text), **context})
    if by_form.save(text, began_with, lines, by=request.user):
        messages.success(request, _("Your change is saved."))
    else:
        messages.info(request, _("There was nothing to change."))
    return redirect(owner_of(text).url(text))
