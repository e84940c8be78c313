"""The versions of a text: which there are, what they say, what changed between two, and back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from in4green.livetext.archive import reading, versions
from in4green.livetext.content import diff
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content
from in4green.livetext.forms import VersionForm
from in4green.livetext.guarding import page_of, with_text
from in4green.livetext.models import LiveText, TextVersion
from in4green.livetext.owners import Access, access, owner_of

PER_PAGE = 50
NOW = "now"


@require_http_methods(["GET", "HEAD", "POST"])
@with_text(Access.READ, inside=True)
def listing(request: HttpRequest, text: LiveText) -> HttpResponse:
    """All versions; by POST the state of this moment gets a name."""
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            versions.save(text, by=request.user, label=form.cleaned_data["label"])
        except ValidationError as error:
            form.add_error("label", error)
        else:
            messages.success(request, _("The state of this moment is kept under this name."))
            return redirect("text:versions", pk=text.pk)
    page = Paginator(text.versions.listed(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "may_write": _may_write(request, text)}
    return render(request, "livetext/versions.html", {**page_of(text), **context})


def _may_write(request: HttpRequest, text: LiveText) -> bool:
    return access(request.user, text) >= Access.WRITE


@require_safe
@with_text(Access.READ, inside=True)
def show(request: HttpRequest, text: LiveText, version: int) -> HttpResponse:
    found = get_object_or_404(_of(text), pk=version)
    context = {
        "version": found,
        "html": to_html(versions.content(found)),
        "may_write": _may_write(request, text),
    }
    return render(request, "livetext/version.html", {**page_of(text), **context})


@dataclass(frozen=True)
class State:
    """One side of a comparison; ``version`` is None for what stands there now."""

    version: TextVersion | None
    content: Content


@require_safe
@with_text(Access.READ, inside=True)
def compare(request: HttpRequest, text: LiveText) -> HttpResponse:
    """``old`` and ``new`` are numbers of versions, or ``now``; the older one stands left."""
    sides = [_state(text, request.GET.get(name, NOW)) for name in ("old", "new")]
    old, new = sorted(sides, key=_place)
    context = {"old": old, "new": new, "sections": _sections(old.content, new.content)}
    return render(request, "livetext/compare.html", {**page_of(text), **context})


def _sections(old: Content, new: Content) -> Any:
    return diff.sections(diff.compare(old, new))


def _state(text: LiveText, key: str) -> State:
    if key == NOW:
        return State(None, reading.content(text))
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    version = get_object_or_404(_of(text), pk=int(key))
    return State(version, versions.content(version))


def _of(text: LiveText) -> Any:
    return text.versions.select_related("author", "snapshot").prefetch_related("authors")


def _place(state: State) -> tuple[bool, int, int]:
    version = state.version
    return (False, version.snapshot.seq, version.pk) if version else (True, 0, 0)


@require_http_methods(["GET", "HEAD", "POST"])
@with_text(Access.WRITE)
def restore(request: HttpRequest, text: LiveText, version: int) -> HttpResponse:
    """What would change is shown first; then it is an edit like any other, and can be undone."""
    found = get_object_or_404(_of(text), pk=version)
    if request.method == "POST":
        return _restore(request, found)
    now, wanted = reading.content(text), versions.content(found)
    context = {"version": found, "sections": _sections(now, wanted), "same": now == wanted}
    return render(request, "livetext/restore.html", {**page_of(text), **context})


def _restore(request: HttpRequest, version: TextVersion) -> HttpResponse:
    try:
        update = versions.restore(version, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(reverse("text:versions", args=[version.text_id]))
    if update:
        messages.success(
            request, _("The text is as it was. What stood there is kept as a version.")
        )
    else:
        messages.info(request, _("The text says the same already."))
    return redirect(owner_of(version.text).url(version.text))
