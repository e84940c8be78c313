"""Files of a meeting or practice: uploaded, described, given out to whoever may see them."""

import uuid
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from groups.accounts import signed_in
from in4green.common.middleware import takes_up_to
from in4green.common.permissions import require_perm
from in4green.common.uploads import LARGEST_FILE
from in4green.common.uploads.serving import answer_with
from meetings import file_showing
from meetings.forms.files import DocumentForm, UploadForm
from meetings.models import Document, Meeting, Practice
from meetings.services import files
from meetings.views.reading import find_meeting

# What the proxy lets through: one large file, or several small ones where no script runs.
LARGEST_REQUEST = LARGEST_FILE + 1024 * 1024
Refused = Sequence[tuple[str, str]]


@takes_up_to(LARGEST_REQUEST)
@login_required
def of_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    return _files_of(request, find_meeting(request, slug))


@takes_up_to(LARGEST_REQUEST)
@login_required
def of_practice(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Practice.objects.visible_to(request.user)
    return _files_of(request, get_object_or_404(visible, slug=slug))


def address_of(place: Meeting | Practice) -> str:
    """Of the page with all files of a meeting or practice."""
    name = "of_meeting" if isinstance(place, Meeting) else "of_practice"
    return reverse(f"files:{name}", args=[place.slug])


def _files_of(request: HttpRequest, place: Meeting | Practice) -> HttpResponse:
    require_perm(request.user, "meetings.add_files", place)
    may_publish = request.user.has_perm("meetings.publish_files", place)
    if request.method != "POST":
        form = UploadForm(initial=request.GET.dict(), place=place, may_publish=may_publish)
        return _page(request, place, form)
    form = UploadForm(request.POST, request.FILES, place=place, may_publish=may_publish)
    refused = _take_all(request, form) if form.is_valid() else []
    if request.accepts("text/html"):
        return _answer_person(request, place, form, refused)
    return _answer_script(form, refused)


def _take_all(request: HttpRequest, form: UploadForm) -> Refused:
    """Each by itself: what is refused stops no other."""
    refused = []
    for file in form.cleaned_data["chosen"]:
        try:
            files.attach_any(file, to=form.owner, by=signed_in(request), kind=form.scanned)
        except ValidationError as error:
            refused.append((str(file.name), error.messages[0]))
    return refused


def _answer_person(
    request: HttpRequest, place: Meeting | Practice, form: UploadForm, refused: Refused
) -> HttpResponse:
    kept = len(form.cleaned_data.get("chosen", [])) - len(refused)
    if kept:
        said = ngettext("%(n)d file is kept.", "%(n)d files are kept.", kept) % {"n": kept}
        messages.success(request, said)
    if refused or form.errors:
        return _page(request, place, form, refused)
    return redirect(address_of(place))


def _answer_script(form: UploadForm, refused: Refused) -> JsonResponse:
    """Of a script that sends one file at a time: 201, or 400 with the sentence."""
    sentences = [sentence for _name, sentence in refused]
    sentences += [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"errors": sentences}, status=400 if sentences else 201)


def _page(
    request: HttpRequest, place: Meeting | Practice, form: UploadForm, refused: Refused = ()
) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "refused": refused,
        "files_url": address_of(place),
        "shown": file_showing.files_of(place, request.user),
    }
    return render(request, "meetings/files/page.html", context)


def find(request: HttpRequest, rows: Any, uid: uuid.UUID) -> Any:
    """The row, if this person may see it; else 404."""
    return get_object_or_404(rows.visible_to(request.user).with_owner(), uid=uid)


def leave(request: HttpRequest) -> HttpResponse:
    """For what one may not see, or what is not there: strangers are asked to sign in."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


@require_safe
def document(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The right is asked each time; a copy is never used without asking again."""
    row = Document.objects.visible_to(request.user).filter(uid=uid).first()
    if row is None:
        return leave(request)
    name = f"{slugify(row.title) or row.kind}{PurePath(row.file.name).suffix}"
    response = answer_with(row.file, row.media_type, name=name, to_keep=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_required
@transaction.atomic
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row = find(request, Document.objects, uid)
    require_perm(request.user, "meetings.change_document", row)
    row = Document.objects.select_for_update(of=("self",)).with_owner().get(pk=row.pk)
    may_publish = request.user.has_perm("meetings.publish_files", row)
    form = DocumentForm(request.POST or None, instance=row, may_publish=may_publish)
    if request.method == "POST" and form.is_valid():
        files.save(form, by=signed_in(request))
        messages.success(request, _("The document is saved."))
        return redirect(address_of(row.place))
    context = {"form": form, "document": row, "files_url": address_of(row.place)}
    return render(request, "meetings/files/document.html", context)


@login_required
def delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row = find(request, Document.objects, uid)
    require_perm(request.user, "meetings.change_document", row)
    return delete_or_ask(request, row)


def delete_or_ask(request: HttpRequest, row: Any) -> HttpResponse:
    """Asks on a page, deletes by its button."""
    files_url = address_of(row.place)
    if request.method == "POST":
        files.delete(row, by=signed_in(request))
        messages.success(request, _("“%(title)s” is deleted.") % {"title": row})
        return redirect(files_url)
    context = {"row": row, "files_url": files_url}
    return render(request, "meetings/files/delete.html", context)
