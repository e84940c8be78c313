"""The page behind an invitation's link: looking changes nothing, the button does."""

import uuid

from allauth.account.adapter import get_adapter
from allauth.account.utils import filter_users_by_email
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import home_of, remember_invitation, signed_in
from groups.models import Invitation
from groups.services.invitations import (
    accept_invitation,
    find_invitation,
    owns_address,
    renew_invitation,
)


@never_cache
def show(request: HttpRequest, pk: uuid.UUID, token: str) -> HttpResponse:
    """An open invitation and its one button; a used or late one says so."""
    invitation = find_invitation(pk, token)
    if invitation is None:
        return _invalid(request)
    if invitation.used_at:
        return render(request, "invitation/used.html", {"invitation": invitation})
    if not invitation.is_open:
        return render(request, "invitation/expired.html", {"invitation": invitation})
    if request.method == "POST" and not _is_somebody_else(request, invitation):
        return _act(request, invitation)
    return _open_page(request, invitation)


@require_POST
def renew(request: HttpRequest, pk: uuid.UUID, token: str) -> HttpResponse:
    """Whoever comes too late asks for a new link; it goes to the invited address only."""
    invitation = find_invitation(pk, token)
    if invitation is None:
        return _invalid(request)
    try:
        renew_invitation(invitation, by=None)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("invitation:show", pk, token)
    return redirect("invitation:renewed")


@require_safe
def renewed(request: HttpRequest) -> HttpResponse:
    return render(request, "invitation/renewed.html")


def _invalid(request: HttpRequest) -> HttpResponse:
    """One page for a link that was forged, replaced or withdrawn: it tells nobody which."""
    return render(request, "invitation/invalid.html", status=404)


def _is_somebody_else(request: HttpRequest, invitation: Invitation) -> bool:
    user = request.user
    return user.is_authenticated and not owns_address(user, invitation.email)


def _open_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {
        "invitation": invitation,
        "somebody_else": _is_somebody_else(request, invitation),
        "has_account": bool(filter_users_by_email(invitation.email)),
    }
    return render(request, "invitation/open.html", context)


def _act(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.user.is_authenticated:
        return _accept(request, invitation)
    if filter_users_by_email(invitation.email):
        return redirect_to_login(request.path)
    remember_invitation(request, invitation)
    get_adapter().stash_verified_email(request, invitation.email)
    if request.POST.get("with") == "password":
        return redirect("account_signup")
    return redirect("account_signup_by_passkey")


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user = signed_in(request)
    try:
        membership = accept_invitation(invitation, user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(request.path)
    messages.success(
        request, _("Welcome! You now belong to %(group)s.") % {"group": membership.group.name}
    )
    return redirect(home_of(user))
