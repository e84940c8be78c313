"""A file becomes text: chosen here, read by a worker, looked at, then taken or discarded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from in4green.common import uploads
from in4green.common.middleware import takes_up_to
from in4green.livetext.content.render import to_html
from in4green.livetext.guarding import page_of, with_text
from in4green.livetext.importing import queue, taking, telling
from in4green.livetext.importing.forms import FileForm, WordsForm
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, owner_of


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(uploads.LARGEST_FILE + 64 * 1024)
@with_text(Access.WRITE)
def bring(request: HttpRequest, text: LiveText) -> HttpResponse:
    """GET shows how far one's file is, POST brings one; it takes the place of an earlier one."""
    if request.method != "POST":
        return _page(request, text, FileForm())
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            queue.upload(text, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("text:import", pk=text.pk)
    return _page(request, text, form)


@require_POST
@with_text(Access.WRITE)
def take(request: HttpRequest, text: LiveText) -> HttpResponse:
    """``how``: append or replace."""
    row = _mine(request, text)
    if row is None or not row.is_ready:
        messages.info(request, _("This file has been taken over or discarded already."))
        return redirect("text:import", pk=text.pk)
    words = WordsForm(request.POST, pictures=taking.without_words(row.content))
    if not words.is_valid():
        return _page(request, text, FileForm(), words)
    how: taking.How = "replace" if request.POST.get("how") == "replace" else "append"
    try:
        update = taking.take(row, how, words.words, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("text:import", pk=text.pk)
    if update:
        messages.success(request, _("The file is in the text."))
    else:
        messages.info(request, _("The text says the same already."))
    return redirect(owner_of(text).url(text))


@require_POST
@with_text(Access.WRITE)
def discard(request: HttpRequest, text: LiveText) -> HttpResponse:
    row = _mine(request, text)
    if row:
        queue.discard(row)
    messages.success(request, _("The file is discarded. The text is as it was."))
    return redirect("text:import", pk=text.pk)


def _mine(request: HttpRequest, text: LiveText) -> Any:
    mine: Any = {"by": request.user}
    return text.imports.filter(**mine).first()


def _page(
    request: HttpRequest, text: LiveText, form: FileForm, words: WordsForm | None = None
) -> HttpResponse:
    row = _mine(request, text)
    context: dict[str, Any] = {**page_of(text), "row": row, "form": form, "errors": words or form}
    if row and row.is_ready:
        context |= _preview(row, words)
    return render(request, "livetext/importing/page.html", context)


def _preview(row: Any, words: WordsForm | None) -> dict[str, Any]:
    is_whole = taking.fits(row)
    pictures = taking.without_words(row.content)
    return {
        "is_whole": is_whole,
        "html": to_html(row.content) if is_whole else "",
        "left_out": telling.sentences(row.report["left_out"]),
        "words": words or WordsForm(pictures=pictures),
        "is_empty": not row.text.head_seq,
    }
