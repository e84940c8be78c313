"""The notebook: the group's notes, and each with its text."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import signed_in
from groups.forms.notebook import BeginForm, TitleForm
from groups.models import Membership, Note, User, WorkingGroup
from groups.services import notebook
from in4green.common.permissions import require_perm
from in4green.livetext.editor import text_page

View = Callable[..., HttpResponse]


def with_note(permission: str) -> Callable[[View], View]:
    """``pk`` of the address becomes the note. Unseen is 404, seen but not allowed is 403."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, pk: int) -> HttpResponse:
            visible = Note.objects.visible_to(request.user).select_related("group", "text")
            note = get_object_or_404(visible, pk=pk)
            require_perm(request.user, permission, note)
            return view(request, note)

        return guarded

    return guard


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """By group; in each the open notes first, what was changed last on top."""
    user = signed_in(request)
    notes = Note.objects.visible_to(user).with_activity().select_related("group")
    ordered = notes.order_by("group__name", "group", "text__changed_at", "pk").reverse()
    shelves = [
        (group, *_parted(found)) for group, found in groupby(ordered, key=lambda note: note.group)
    ]
    context = {"shelves": shelves, "may_begin": _writable_groups(user).exists()}
    return render(request, "notebook/list.html", context)


def _parted(notes: Any) -> tuple[list[Note], list[Note]]:
    """Open and closed ones."""
    found = list(notes)
    return [n for n in found if not n.is_closed], [n for n in found if n.is_closed]


def _writable_groups(user: User) -> Any:
    if user.is_superuser:
        return WorkingGroup.objects.order_by("name")
    mine = user.memberships.current().exclude(role=Membership.Role.READER)
    return WorkingGroup.objects.filter(pk__in=mine.values("group")).order_by("name")


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    groups = _writable_groups(user)
    if not groups:
        raise PermissionDenied("groups.add_note")
    form = BeginForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        return redirect(notebook.begin_note(chosen["group"], title=chosen["title"], by=user))
    return render(request, "notebook/begin.html", {"form": form})


@require_safe
@with_note("groups.view_note")
def note(request: HttpRequest, note: Note) -> HttpResponse:
    """With the editor for whoever may write or comment; for everybody else to read."""
    context = {
        "note": note,
        "may_rename": request.user.has_perm("groups.change_note", note),
        "may_close": request.user.has_perm("groups.close_note", note),
        **text_page(request.user, note.text, label=note.title),
    }
    return render(request, "notebook/note.html", context)


@with_note("groups.change_note")
def rename(request: HttpRequest, note: Note) -> HttpResponse:
    form = TitleForm(request.POST or None, initial={"title": note.title})
    if request.method == "POST" and form.is_valid():
        notebook.rename_note(note, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The note has its new title."))
        return redirect(note)
    return render(request, "notebook/rename.html", {"form": form, "note": note})


@require_POST
@with_note("groups.close_note")
def close(request: HttpRequest, note: Note) -> HttpResponse:
    said = _("The note is closed: your group can read it, nobody can change it.")
    return _act(request, note, notebook.close_note, said)


@require_POST
@with_note("groups.close_note")
def reopen(request: HttpRequest, note: Note) -> HttpResponse:
    return _act(request, note, notebook.reopen_note, _("The note is open for writing again."))


def _act(request: HttpRequest, note: Note, act: Any, said: str) -> HttpResponse:
    try:
        act(note, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect(note)
