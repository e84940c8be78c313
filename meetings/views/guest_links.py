"""Coordination invites partner cities by link, and looks at what they hand in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.accounts import signed_in
from groups.models import User
from meetings import links
from meetings.forms.entering import groups_of
from meetings.forms.guests import GuestLinkForm, RenewForm, SendForm
from meetings.models import GuestLink, Meeting
from meetings.services import guests

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@login_required
def all_links(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    groups = groups_of(user)
    if not user.has_perm("meetings.publish") or not groups:
        raise PermissionDenied("meetings.publish")
    form = GuestLinkForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        made = guests.make_link(form.instance, until=form.cleaned_data["until"], by=user)
        messages.success(request, _("The link is made. Send it, or copy the address."))
        return redirect("guest_links:link", pk=made.pk)
    rows = GuestLink.objects.visible_to(user).select_related("city", "group")
    return render(request, "guests/links.html", {"form": form, "rows": rows})


@require_http_methods(METHODS)
@login_required
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = GuestLink.objects.visible_to(request.user).select_related("city", "group")
    link = get_object_or_404(visible, pk=pk)
    action = request.POST.get("action", "")
    forms = _forms(request.POST if request.method == "POST" else None, action)
    if request.method == "POST" and _act(request, link, action, forms):
        return redirect("guest_links:link", pk=link.pk)
    with translation.override(link.language):
        address = links.guest_url(link)
    context = {
        "link": link,
        "address": address,
        "practices": link.practices.order_by("created_at", "pk"),
        "meetings": link.meetings.order_by("begins_on", "pk"),
        "answers": link.answers.select_related("challenge").order_by("pk"),
        "others": _not_opened(link),
        **forms,
    }
    return render(request, "guests/link.html", context)


def _not_opened(link: GuestLink) -> Any:
    """Drafts at the city of the link that it does not open yet."""
    drafts = Meeting.objects.filter(group=link.group, host=link.city, is_public=False)
    return drafts.exclude(guest_links=link).order_by("begins_on", "pk")


def _forms(sent: Any, action: str) -> dict[str, Any]:
    return {
        "send": SendForm(sent if action == "send" else None),
        "renew": RenewForm(sent if action == "renew" else None),
    }


def _act(request: HttpRequest, link: GuestLink, action: str, forms: dict[str, Any]) -> bool:
    """False where a form or the state of the link says no; the page shows why."""
    if action not in _ACTIONS:
        raise Http404
    form = forms.get(action)
    if form is not None and not form.is_valid():
        return False
    chosen = form.cleaned_data if form else {"meeting": request.POST.get("meeting", "")}
    try:
        told = _ACTIONS[action](link, chosen, signed_in(request))
    except ValidationError as error:
        if form is not None:
            form.add_error(None, error)
            return False
        messages.error(request, error.message)
    else:
        messages.success(request, told)
    return True


def _send(link: GuestLink, chosen: dict[str, Any], by: User) -> str:
    guests.send(link, by=by, **chosen)
    return _("The link is on its way.")


def _renew(link: GuestLink, chosen: dict[str, Any], by: User) -> str:
    guests.renew(link, by=by, **chosen)
    return _("There is a new address. The one before leads nowhere any more.")


def _withdraw(link: GuestLink, chosen: dict[str, Any], by: User) -> str:
    guests.withdraw(link, by=by)
    return _("The link is withdrawn. What was entered through it stays.")


def _send_back(link: GuestLink, chosen: dict[str, Any], by: User) -> str:
    guests.send_back(link, by=by)
    return _("The link is open again. Please tell the city what is missing, by the mail below.")


def _open_meeting(link: GuestLink, chosen: dict[str, Any], by: User) -> str:
    number = chosen["meeting"]
    meeting = get_object_or_404(_not_opened(link), pk=number if number.isdecimal() else 0)
    guests.open_meeting(link, meeting, by=by)
    return _("The city can go on with this meeting now.")


_ACTIONS: dict[str, Callable[[GuestLink, dict[str, Any], User], str]] = {
    "send": _send,
    "renew": _renew,
    "withdraw": _withdraw,
    "send_back": _send_back,
    "open": _open_meeting,
}
