"""The talk beside a text: a page with both, a list for the editor's margin, and what is done there.

Every action answers with the page, at the thread that it was about; a script that asks for it gets
the list alone.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from in4green.livetext.archive import reading
from in4green.livetext.content.render import to_html
from in4green.livetext.discussion import anchors, comments
from in4green.livetext.discussion.talk import Refused, Talk, form_id
from in4green.livetext.forms import AnswerForm, BlockForm, CommentForm, PassageForm
from in4green.livetext.guarding import View, page_of, with_text
from in4green.livetext.models import Comment, CommentThread, LiveText
from in4green.livetext.notifications import address_of
from in4green.livetext.owners import Access, owner_of
from in4green.livetext.rules import may_comment, may_read_comments

UNFIT = 422


def with_talk(view: View) -> View:
    """For those who may read the comments; nobody else learns that there are any."""

    @with_text(Access.READ)
    @wraps(view)
    def guarded(request: HttpRequest, text: LiveText, **rest: Any) -> HttpResponse:
        if not may_read_comments(request.user, text):
            raise Http404
        try:
            return view(request, text, **rest)
        except ObjectDoesNotExist:  # deleted a moment ago
            raise Http404 from None

    return guarded


@require_safe
@with_talk
def page(request: HttpRequest, text: LiveText) -> HttpResponse:
    """The text with its commented passages, and the threads."""
    return _page(request, text, **_asked_for(request))


@require_safe
@with_talk
def listing(request: HttpRequest, text: LiveText) -> HttpResponse:
    return _list(request, text, **_asked_for(request))


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """``show=resolved``, and a ``thread`` that is shown in any case."""
    try:
        also = uuid.UUID(request.GET.get("thread", ""))
    except ValueError:
        also = None
    return {"resolved": request.GET.get("show") == "resolved", "also": also}


def _page(request: HttpRequest, text: LiveText, **options: Any) -> HttpResponse:
    content = reading.content(text)
    talk = Talk(text, request.user, content=content, **options)
    context = {"talk": talk, "html": to_html(content, threads=talk.numbers)}
    if talk.refused:
        context["form"] = talk.refused.form
    return _rendered(request, "livetext/comments/page.html", {**page_of(text), **context})


def _list(request: HttpRequest, text: LiveText, **options: Any) -> HttpResponse:
    talk = Talk(text, request.user, **options)
    context = {"talk": talk, "passages": reverse("text:comments", args=[text.pk])}
    return _rendered(request, "livetext/comments/list.html", context)


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    refused = context["talk"].refused
    return render(request, template, context, status=UNFIT if refused else 200)


def _show(request: HttpRequest) -> Callable[..., HttpResponse]:
    """What is answered with: the editor's margin asks for the list alone."""
    return _list if request.headers.get("X-Requested-With") == "fetch" else _page


def _answer(request: HttpRequest, thread: CommentThread) -> HttpResponse:
    show = _show(request)
    if show is _list:
        return show(request, thread.text, also=thread.pk)
    return redirect(address_of(thread))


@require_POST
@with_talk
def on_passage(request: HttpRequest, text: LiveText) -> HttpResponse:
    """From the editor: the thread's id, or an ``error`` in words."""
    _require(request, text)
    form = PassageForm(request.POST, members=owner_of(text).members(text))
    if not form.is_valid():
        return JsonResponse({"error": _first_error(form)}, status=UNFIT)
    try:
        opened = _open(request, text, form)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=UNFIT)
    if not request.accepts("text/html") or "json" in request.headers.get("Accept", ""):
        marked = {"thread": str(opened.thread.pk), "marked": opened.is_marked}
        return JsonResponse(marked, status=201)
    return redirect(address_of(opened.thread))


def _first_error(form: CommentForm) -> str:
    return next(str(errors[0]) for errors in form.errors.values())


def _require(request: HttpRequest, text: LiveText) -> None:
    if not may_comment(request.user, text):
        raise PermissionDenied("livetext.comment")


def _open(request: HttpRequest, text: LiveText, form: PassageForm | BlockForm) -> comments.Opened:
    return comments.open_thread(
        text,
        by=request.user,
        passage=form.passage(),
        body=form.cleaned_data["body"],
        mentions=form.mentions,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_talk
def new(request: HttpRequest, text: LiveText) -> HttpResponse:
    """Without JavaScript: a block of the text is chosen from a list."""
    _require(request, text)
    passages = anchors.passages(reading.content(text), around=comments.AROUND)
    members = owner_of(text).members(text).exclude(pk=request.user.pk)
    form = BlockForm(request.POST or None, passages=passages, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(address_of(_open(request, text, form).thread))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "livetext/comments/new.html", {**page_of(text), "form": form})


@require_POST
@with_talk
def reply(request: HttpRequest, text: LiveText, thread: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(text.threads, pk=thread)
    _require(request, text)
    form = AnswerForm(request.POST, auto_id=form_id(found), members=owner_of(text).members(text))

    def answer() -> None:
        body = form.cleaned_data["body"]
        comments.reply(found, by=request.user, body=body, mentions=form.mentions)

    return _try(request, found, Refused(found, form), answer)


@require_POST
@with_talk
def edit(request: HttpRequest, text: LiveText, comment: int) -> HttpResponse:
    found = _comment(text, comment)
    if found.author_id != request.user.pk:
        raise PermissionDenied("livetext.own_comment")
    form = CommentForm(request.POST, auto_id=form_id(found))

    def change() -> None:
        comments.edit_comment(found, by=request.user, body=form.cleaned_data["body"])

    return _try(request, found.thread, Refused(found, form), change)


def _try(
    request: HttpRequest, thread: CommentThread, refused: Refused, act: Callable[[], None]
) -> HttpResponse:
    """Words that can't be taken stand in their form again, with what is wrong."""
    if refused.form.is_valid():
        try:
            act()
        except ValidationError as error:
            refused.form.add_error("body", error)
        else:
            return _answer(request, thread)
    return _show(request)(request, thread.text, also=thread.pk, refused=refused)


@require_POST
@with_talk
def delete(request: HttpRequest, text: LiveText, comment: int) -> HttpResponse:
    found = _comment(text, comment)
    comments.delete_comment(found, by=request.user)
    if text.threads.filter(pk=found.thread_id).exists():
        return _answer(request, found.thread)
    if _show(request) is _list:
        return _list(request, text)
    return redirect(f"{reverse('text:comments', args=[text.pk])}#comments")


def _comment(text: LiveText, pk: int) -> Comment:
    rows = Comment.objects.filter(thread__text=text).select_related("thread__text")
    return get_object_or_404(rows, pk=pk)


@require_POST
@with_talk
def resolve(request: HttpRequest, text: LiveText, thread: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(text.threads, pk=thread)
    comments.resolve(found, by=request.user)
    return _answer(request, found)


@require_POST
@with_talk
def reopen(request: HttpRequest, text: LiveText, thread: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(text.threads, pk=thread)
    comments.reopen(found, by=request.user)
    return _answer(request, found)
