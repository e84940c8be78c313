"""What the log remembers of doors: sign-ins, failures, sign-outs, second factors.

Never a form value, never a whole network address.
"""

import time
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver
from django.http import HttpRequest

from groups.models import User
from groups.services.accounts import end_sessions
from groups.visiting import SECOND_FACTOR_KEY, SIGNED_IN_KEY
from in4green.activity.services import record
from in4green.common.network import client_ip, network_of


def remember(
    request: HttpRequest, actor: Any, action: str, subject: Any = None, **data: Any
) -> None:
    record(actor, action, subject, network=network_of(client_ip(request)), **data)


@receiver(auth_signals.user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SIGNED_IN_KEY] = int(time.time())
    remember(request, user, "accounts.signed_in", user)


@receiver(auth_signals.user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user:
        reason = getattr(request, "signed_out_because", "asked")
        remember(request, user, "accounts.signed_out", user, reason=reason)


@receiver(auth_signals.user_login_failed)
def sign_in_failed(request: HttpRequest | None, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Names the account, if there is one, and not what was typed."""
    if request:
        user = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        remember(request, None, "accounts.sign_in_failed", user)


@receiver(mfa_signals.authentication_failed)
@receiver(account_signals.login_code_rejected)
def code_refused(request: HttpRequest, user: User, **kwargs: Any) -> None:
    remember(request, None, "accounts.code_refused", user)


@receiver(mfa_signals.authenticator_added)
@receiver(mfa_signals.authenticator_removed)
@receiver(mfa_signals.authenticator_reset)
def second_factor_changed(
    request: HttpRequest, user: User, authenticator: Any, signal: Any, **kwargs: Any
) -> None:
    """Whoever changes the locks sends everybody else out."""
    change = {
        mfa_signals.authenticator_added: "added",
        mfa_signals.authenticator_removed: "removed",
        mfa_signals.authenticator_reset: "renewed",
    }[signal]
    request.session.pop(SECOND_FACTOR_KEY, None)
    end_sessions(user, but=request.session.session_key)
    remember(
        request,
        user,
        "accounts.second_factor_changed",
        user,
        kind=authenticator.type,
        change=change,
    )


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
@receiver(account_signals.password_reset)
def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Older sessions don't survive a new password by themselves; their rows go, too."""
    end_sessions(user, but=request.session.session_key)
    remember(request, user, "accounts.password_changed", user)


@receiver(account_signals.email_changed)
def email_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    remember(request, user, "accounts.email_changed", user)
