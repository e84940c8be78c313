"""Coordination sends the link of a city, renews it, withdraws it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from actionplan.models import PeerLink, Review
from actionplan.notifications.reviews import peer_url
from actionplan.services import peers
from actionplan.views.reviews import with_row
from groups.accounts import signed_in
from groups.models import User
from meetings.forms.guests import RenewForm, SendForm


@with_row(Review, "actionplan.change_plan")
def link(request: HttpRequest, review: Review, number: UUID) -> HttpResponse:
    link = get_object_or_404(review.peers.select_related("city"), pk=number)
    link.review = review
    action = request.POST.get("action", "")
    forms = _forms(request, link, action)
    if request.method == "POST" and _act(request, link, action, forms):
        return redirect("plan:peer_link", review.plan.slug, review.pk, link.pk)
    with translation.override(link.language):
        address = peer_url(link)
    context = {"link": link, "review": review, "plan": review.plan, "address": address, **forms}
    return render(request, "reviews/peer_link.html", context)


def _forms(request: HttpRequest, link: PeerLink, action: str) -> dict[str, Any]:
    sent = request.POST
    known = {"address": link.address}
    return {
        "send": SendForm(sent if action == "send" else None, initial=known, auto_id="send_%s"),
        "renew": RenewForm(sent if action == "renew" else None, auto_id="renew_%s"),
    }


def _act(request: HttpRequest, link: PeerLink, action: str, forms: dict[str, Any]) -> bool:
    """False where a form or the state of the link says no; the page shows why."""
    if action not in _ACTIONS:
        raise Http404
    form = forms.get(action)
    if form is not None and not form.is_valid():
        return False
    try:
        told = _ACTIONS[action](link, form.cleaned_data if form else {}, signed_in(request))
    except ValidationError as error:
        if form is None:
            raise
        form.add_error(None, error.messages)
        return False
    messages.success(request, told)
    return True


def _send(link: PeerLink, typed: dict[str, Any], by: User) -> str:
    peers.send(link, by=by, **typed)
    return _("The link is on its way.")


def _renew(link: PeerLink, typed: dict[str, Any], by: User) -> str:
    peers.renew(link, by=by, **typed)
    return _("There is a new address. The one before leads nowhere any more.")


def _withdraw(link: PeerLink, typed: dict[str, Any], by: User) -> str:
    peers.withdraw(link, by=by)
    return _("The link is withdrawn. What was said through it stays.")


_ACTIONS = {"send": _send, "renew": _renew, "withdraw": _withdraw}
