"""Letters about invitations and accounts. What must stay secret comes sealed in the delivery."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import links
from groups.models import Invitation, User
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.common.sealing import unseal

Facts = dict[str, Any]
Writer = Callable[[Facts], Letter]
_letters: dict[str, Writer] = {}
# A code or link that comes later than this is of no use to anybody.
VALID = {
    "login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
    "email_confirmation": 15 * 60,
    "email_confirmation_signup": 15 * 60,
    "password_reset_key": settings.PASSWORD_RESET_TIMEOUT,
}  # seconds


def letter(*names: str) -> Callable[[Writer], Writer]:
    """Register the words for mails of allauth, by the names of its templates."""

    def decorate(write: Writer) -> Writer:
        _letters.update(dict.fromkeys(names, write))
        return write

    return decorate


# --- Invitation -----------------------------------------------------------------------------------


def invitation_letter(invitation: Invitation) -> Letter:
    expires = timezone.localtime(invitation.expires_at)
    facts = {
        "name": invitation.name,
        "group": invitation.group.name,
        "until": date_format(expires, "DATE_FORMAT"),
    }
    greeting = _("Hello %(name)s,") % facts if invitation.name else _("Hello,")
    return Letter(
        subject=_("Your invitation: %(group)s") % facts,
        paragraphs=[
            greeting,
            _("you are invited to take part in the working group %(group)s.") % facts,
            _(
                "The button leads you to your account: it takes two minutes. You then see who else"
                " is in the group and what is going on."
            ),
        ],
        button=_("Accept the invitation"),
        url=links.absolute(reverse("invitation:show", args=[invitation.pk, invitation.token])),
        after=[
            _(
                "The invitation is meant for you alone: it works once, for this e-mail address,"
                " until %(until)s."
            )
            % facts,
            _("If you did not expect it, you need not do anything."),
        ],
        reply_to=invitation.group.coordination_address,
        reason=_("You get this mail because project coordination has invited this address."),
    )


def _write_invitation(delivery: Delivery) -> Letter:
    return invitation_letter(delivery.notification.subject)  # type: ignore[arg-type]


def _invitation_is_due(delivery: Delivery) -> bool:
    invitation: Any = delivery.notification.subject
    newest = delivery.notification.data.get("generation") == invitation.generation
    return bool(invitation.is_open and newest)


# --- allauth's mails ------------------------------------------------------------------------------


def _write_account(delivery: Delivery) -> Letter:
    facts = unseal(delivery.sealed)
    return _letters[facts["letter"]](facts)


def _account_is_due(delivery: Delivery) -> bool:
    facts = unseal(delivery.sealed)
    return bool(time.time() - facts["at"] < VALID.get(facts["letter"], float("inf")))


def _not_you() -> str:
    return _(
        "If this was not you, please set a new password at once and write to project coordination."
    )


def _when(facts: Facts) -> str:
    at = datetime.fromtimestamp(facts["at"], timezone.get_current_timezone())
    return _("Time: %(when)s") % {"when": date_format(at, "DATETIME_FORMAT")}


def _security_url() -> str:
    return links.absolute(reverse("mfa_index"))


@letter("login_code")
def login_code(facts: Facts) -> Letter:
    return Letter(
        subject=_("%(code)s is your code") % facts,
        paragraphs=[
            _("You are signing in on a device that we don't know yet. Your code is:"),
            facts["code"],
            _("Please type it where you are signing in. It is valid for 15 minutes."),
        ],
        after=[
            _(
                "If you are not signing in just now, somebody knows your password: please set a"
                " new one. Never pass the code on."
            )
        ],
    )


@letter("email_confirmation", "email_confirmation_signup")
def confirm_address(facts: Facts) -> Letter:
    return Letter(
        subject=_("%(code)s confirms your e-mail address") % facts,
        paragraphs=[
            _("This address is to become the one of an account in the portal. The code is:"),
            facts["code"],
            _("Please type it where you entered the address. It is valid for 15 minutes."),
        ],
        after=[_("If you did not enter the address, you need not do anything.")],
    )


@letter("password_reset_key")
def reset_password(facts: Facts) -> Letter:
    path = reverse("account_reset_password_from_key", args=[facts["uid"], facts["key"]])
    return Letter(
        subject=_("Set a new password"),
        paragraphs=[
            _(
                "You have asked for a new password. The button leads you to the page where you set"
                " it."
            ),
        ],
        button=_("Set a new password"),
        url=links.absolute(path),
        after=[
            _(
                "The link works once. If you did not ask for it, you need not do anything: your"
                " password stays as it is."
            ),
        ],
    )


@letter("unknown_account")
def unknown_account(facts: Facts) -> Letter:
    return Letter(
        subject=_("There is no account with this address"),
        paragraphs=[
            _("Somebody, perhaps you, asked for a new password with this e-mail address."),
            _("There is no account with it. Perhaps you signed up with another address."),
        ],
        button=_("Join in"),
        url=links.absolute(reverse("interest:form")),
        after=[_("If it was not you, you need not do anything. We keep nothing.")],
    )


@letter("account_already_exists")
def account_exists(facts: Facts) -> Letter:
    return Letter(
        subject=_("You already have an account"),
        paragraphs=[
            _("Somebody, perhaps you, wanted to use this e-mail address for a new account."),
            _("There is an account with it already. Please sign in with it."),
        ],
        button=_("Sign in"),
        url=links.absolute(reverse("account_login")),
        after=[_("If it was not you, you need not do anything.")],
    )


@letter("password_changed", "password_reset", "password_set")
def password_changed(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your password was changed"),
        paragraphs=[
            _("The password of your account was changed. Other devices were signed out."),
            _when(facts),
        ],
        after=[_not_you()],
    )


@letter("email_changed")
def email_changed(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your e-mail address was changed"),
        paragraphs=[
            _("Your account now has the address %(to_email)s instead of %(from_email)s.") % facts,
            _when(facts),
        ],
        after=[_not_you()],
    )


@letter("totp_activated", "webauthn_added")
def factor_added(facts: Facts) -> Letter:
    return _factor(facts, _("A second factor was added to your account."))


@letter("totp_deactivated", "webauthn_removed")
def factor_removed(facts: Facts) -> Letter:
    return _factor(facts, _("A second factor was removed from your account."))


@letter("recovery_codes_generated")
def codes_renewed(facts: Facts) -> Letter:
    return _factor(facts, _("Your account has new recovery codes. The old ones no longer work."))


def _factor(facts: Facts, sentence: str) -> Letter:
    return Letter(
        subject=_("The protection of your account has changed"),
        paragraphs=[sentence, _("Other devices were signed out."), _when(facts)],
        button=_("Look at the protection of my account"),
        url=_security_url(),
        after=[_not_you()],
    )


# --- A lost second factor -------------------------------------------------------------------------


def _write_reset_factor(delivery: Delivery) -> Letter:
    user: User = delivery.notification.subject  # type: ignore[assignment]
    return Letter(
        subject=_("Your second factor was reset"),
        paragraphs=[
            _("Hello %(name)s,") % {"name": user.name},
            _(
                "project coordination has removed all second factors from your account and signed"
                " you out everywhere, because you had lost yours."
            ),
            _(
                "You sign in with your password and a code by mail. If you have none or have"
                " forgotten it, set a new one first."
            ),
        ],
        button=_("Set a new password"),
        url=links.absolute(reverse("account_reset_password")),
        after=[_("If you did not ask for this, please write to project coordination at once.")],
    )


def _user_is_active(delivery: Delivery) -> bool:
    user: Any = delivery.notification.subject
    return bool(user.is_active)


register(
    Kind(
        "invitation",
        _write_invitation,
        _invitation_is_due,
        title=gettext_lazy("Invitation"),
        subjects=Invitation.objects.visible_to,
    )
)
# Only superusers see that somebody asked for a code or a link.
register(
    Kind(
        "account",
        _write_account,
        _account_is_due,
        title=gettext_lazy("Code, link or news about an account"),
        repeatable=False,
    )
)
register(
    Kind(
        "account.second_factor_reset",
        _write_reset_factor,
        _user_is_active,
        title=gettext_lazy("Second factor was reset"),
    )
)
