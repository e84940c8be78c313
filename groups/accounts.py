"""How django-allauth is bound to invitations, to the outbox and to our second factor."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from groups.models import Invitation, User, WorkingGroup
from groups.services.accounts import has_second_factor
from groups.services.invitations import find_invitation
from groups.visiting import SIGNED_IN_KEY
from in4green.activity.services import Recipient, notify
from in4green.common.network import client_ip
from in4green.common.sealing import seal, unseal

INVITATION_KEY = "invitation"
# Whoever has just signed in needn't prove a second time who they are.
FRESH_SIGN_IN = 300  # seconds
# What may stand in a mail; everything else that allauth offers (request, browser) stays out of it.
MAIL_FACTS = ("code", "uid", "key", "from_email", "to_email")


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """The click on the invitation's page: sign-up opens for exactly this address."""
    request.session[INVITATION_KEY] = {"id": str(invitation.pk), "token": invitation.token}


def remembered_invitation(request: HttpRequest) -> Invitation | None:
    """The invitation that this visitor has clicked on, as long as it is open."""
    stored = request.session.get(INVITATION_KEY)
    invitation = find_invitation(stored["id"], stored["token"]) if stored else None
    return invitation if invitation and invitation.is_open else None


def signed_in(request: HttpRequest) -> User:
    """For views that only open to somebody who is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("sign in")
    return request.user


def home_of(user: User) -> str:
    """The member area in the language of the person."""
    with override(user.language):
        return reverse(settings.LOGIN_REDIRECT_URL)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "incorrect_code": _("This code is not right. Please look at the latest mail again."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _(
            "There were too many attempts. Please wait five minutes and try again."
        ),
        "rate_limited": _("Please wait a moment before you try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return remembered_invitation(request) is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def is_login_by_code_required(self, login: Login) -> bool:
        """A password alone needs a code, unless a stronger second factor follows anyway.

        Whoever signs up has just come from a mail to this very address.
        """
        if login.signup or has_second_factor(login.user):
            return False
        return bool(super().is_login_by_code_required(login))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        signed_in_at = context.request.session.get(SIGNED_IN_KEY, 0)
        if time.time() - signed_in_at < FRESH_SIGN_IN:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_ip(request)
        if not address:
            raise PermissionDenied("Unable to determine client IP address")
        return address

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(signed_in(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return home_of(signed_in(request))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("member:profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the mail to the outbox; known and unknown addresses take the same steps."""
        portal = WorkingGroup.objects.default()
        user = _recipient(self.request, email, context)
        facts = {name: context[name] for name in MAIL_FACTS if name in context}
        notify(
            "account",
            user or portal,
            [
                Recipient(
                    email,
                    user.language if user else get_language() or settings.LANGUAGE_CODE,
                    user.pk if user else None,
                )
            ],
            secret={"letter": template_prefix.rpartition("/")[2], "at": time.time(), **facts},
        )


def _recipient(request: HttpRequest, email: str, context: dict[str, Any]) -> User | None:
    """Whose account the mail is about; None for an address that nobody has here."""
    owners = User.objects.filter(Q(emailaddress__email__iexact=email) | Q(email__iexact=email))
    owner = owners.order_by("-emailaddress__verified").first()
    # A former or a future address of the person who is signed in.
    known: User | AnonymousUser = owner or context.get("user") or request.user
    return known if isinstance(known, User) else None


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used before."),
        "cannot_delete_authenticator": _(
            "This is your last second factor, and your account needs one. Please set up another"
            " one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        return str(unseal(encrypted_text)["secret"])

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays with staff, and with whoever has no password to come back with."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        user = authenticator.user
        return has_second_factor(user, besides=authenticator) or not (
            user.is_staff or not user.has_usable_password()
        )

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bound to the configured address: never to what a request claims to be."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "", "name": settings.MFA_TOTP_ISSUER}
