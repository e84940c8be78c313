"""What is proposed for a text: the list, and what its author does with a proposal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from in4green.common.middleware import takes_up_to
from in4green.livetext import by_form
from in4green.livetext.content import markup
from in4green.livetext.guarding import page_of, with_text
from in4green.livetext.models import LiveText, TextProposal
from in4green.livetext.owners import Access, access, table_names, tables
from in4green.livetext.proposals import drafting
from in4green.livetext.proposals.forms import ProposalForm
from in4green.livetext.proposals.notifications import address_of
from in4green.livetext.proposals.received import read_content
from in4green.livetext.views.editing import LARGEST

PER_PAGE = 50
UNFIT = 422
State = TextProposal.State


def visible(request: HttpRequest, text: LiveText) -> Any:
    reviews = access(request.user, text) >= Access.WRITE
    return text.proposals.visible_to(request.user, reviews=reviews)


@require_safe
@with_text(Access.READ, inside=True)
def listing(request: HttpRequest, text: LiveText) -> HttpResponse:
    page = Paginator(visible(request, text).listed(), PER_PAGE).get_page(request.GET.get("page"))
    may_propose = access(request.user, text) >= Access.SUGGEST
    context = {"page_obj": page, "may_propose": may_propose}
    return render(request, "proposals/list.html", {**page_of(text), **context})


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(LARGEST)
@with_text(Access.SUGGEST)
def propose(request: HttpRequest, text: LiveText) -> HttpResponse:
    """The text as lines, to be changed; nothing is kept before something is sent or saved."""
    if request.method != "POST":
        begun = drafting.fork(text, by_form.base_of(text))
        lines = markup.write(begun.content)
        return _page(request, text, ProposalForm(initial={"lines": lines, "base": begun.base}))

    def begin(lines: str, note: str, base: str) -> TextProposal:
        begun = drafting.fork(text, by_form.read_base(base))
        content = markup.read(lines, begun.content, tables(text).slugs)
        return drafting.begin(text, begun, content, note=note, by=request.user)

    return _keep(request, text, ProposalForm(request.POST), begin)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_up_to(LARGEST)
@with_text(Access.SUGGEST)
def edit(request: HttpRequest, text: LiveText, proposal: int) -> HttpResponse:
    """A draft of one's own."""
    found = _draft(request, text, proposal)
    if request.method != "POST":
        lines = markup.write(found.content)
        initial = {"lines": lines, "base": _stamp(found), "note": found.note}
        return _page(request, text, ProposalForm(initial=initial), found)
    form = ProposalForm(request.POST)
    if form.is_valid() and form.cleaned_data["base"] != _stamp(found):
        return _page(request, text, _warned(request, found), found)

    def change(lines: str, note: str, base: str) -> TextProposal:
        content = markup.read(lines, found.content, tables(text).slugs)
        return drafting.change(found, content, note=note, by=request.user)

    return _keep(request, text, form, change, found)


@require_POST
@takes_up_to(LARGEST)
@with_text(Access.SUGGEST)
def keep(request: HttpRequest, text: LiveText) -> HttpResponse:
    """From an editor that may no longer save: its whole text as a draft. Answers in JSON."""
    try:
        content = read_content(request.POST.get("content", ""))
        begun = drafting.fork(text, by_form.base_of(text))
        proposal = drafting.begin(text, begun, content, by=request.user)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=UNFIT)
    return JsonResponse({"url": address_of(proposal)}, status=201)


def _draft(request: HttpRequest, text: LiveText, pk: int) -> TextProposal:
    mine = text.proposals.filter(author_id=request.user.pk, state=State.DRAFT)
    return get_object_or_404(mine.select_related("text"), pk=pk)


def _stamp(proposal: TextProposal) -> str:
    return proposal.changed_at.isoformat()


def _warned(request: HttpRequest, proposal: TextProposal) -> ProposalForm:
    """What was typed, to be saved on purpose now."""
    data = request.POST.copy()
    data["base"] = _stamp(proposal)
    form = ProposalForm(data)
    words = _(
        "You have changed this proposal in another window meanwhile. Below stands what you typed"
        " here; if you save it now, it takes the place of the other."
    )
    form.add_error(None, words)
    return form


def _keep(
    request: HttpRequest,
    text: LiveText,
    form: ProposalForm,
    keep: Callable[..., TextProposal],
    found: TextProposal | None = None,
) -> HttpResponse:
    """All of it or nothing: what can't be sent isn't saved either, and stays in the form."""
    if not form.is_valid():
        return _page(request, text, form, found)
    try:
        with transaction.atomic():
            proposal = keep(**form.cleaned_data)
            if "send" in request.POST:
                drafting.send(proposal, by=request.user)
    except ValidationError as error:
        form.add_error("lines", error)
        return _page(request, text, form, found)
    if "send" in request.POST:
        messages.success(request, _("Your proposal is sent. You get a mail when it is decided."))
    else:
        messages.success(request, _("Your proposal is saved. Nobody but you sees it yet."))
    return redirect(address_of(proposal))


def _page(
    request: HttpRequest, text: LiveText, form: ProposalForm, found: TextProposal | None = None
) -> HttpResponse:
    context = {**page_of(text), "form": form, "proposal": found}
    context["table_names"] = table_names(text)
    return render(request, "proposals/edit.html", context)


@require_POST
@with_text(Access.READ, inside=True)
def act(request: HttpRequest, text: LiveText, proposal: int) -> HttpResponse:
    """``do`` is send, withdraw or discard; of one's own proposal."""
    mine = text.proposals.filter(author_id=request.user.pk).select_related("text")
    found = get_object_or_404(mine, pk=proposal)
    acts = {"send": drafting.send, "withdraw": drafting.withdraw, "discard": drafting.discard}
    do = request.POST.get("do", "")
    if do not in acts:
        raise Http404
    try:
        acts[do](found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(address_of(found))
    messages.success(request, _done(do))
    return (
        redirect("text:proposals", pk=text.pk) if do == "discard" else redirect(address_of(found))
    )


def _done(do: str) -> str:
    if do == "send":
        return _("Your proposal is sent. You get a mail when it is decided.")
    if do == "withdraw":
        return _("Your proposal is withdrawn.")
    return _("Your proposal is deleted.")
