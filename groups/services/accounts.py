"""What happens to an account beyond allauth: sessions, second factors."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from groups.models import Membership, User
from in4green.activity.services import Recipient, notify, record

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(
    user: User | AnonymousUser | None, *, besides: Authenticator | None = None
) -> bool:
    """Recovery codes don't count: they only stand in for a factor."""
    if user is None or user.pk is None:
        return False
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS)
    return bool(factors.exclude(pk=besides.pk if besides else None).exists())


def end_sessions(user: User, *, but: str | None = None) -> None:
    """Sign the person out everywhere, except in the session with the key ``but``."""
    _end(UserSession.objects.filter(user=user).exclude(session_key=but))


@transaction.atomic
def end_session(user: User, pk: int, *, but: str | None) -> None:
    """Sign the person out on one device; one that has ended, or ``but`` itself, stays as it is."""
    if _end(UserSession.objects.filter(user=user, pk=pk).exclude(session_key=but)):
        record(user, "accounts.session_ended", user)


def _end(sessions: QuerySet[UserSession]) -> bool:
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    return bool(sessions.delete()[0])


def may_reset_second_factor(user: User, by: User) -> bool:
    """Superusers may for everybody, coordinators for the people in their group."""
    if by.is_superuser:
        return True
    mine = Membership.objects.current().coordinators().filter(user=by)
    shared = user.memberships.current().filter(Exists(mine.filter(group=OuterRef("group"))))
    return by.is_active and not user.is_superuser and user != by and shared.exists()


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """For a person who has lost the second factor: all factors and sessions end, a mail follows.

    Raises PermissionDenied for whoever may not.
    """
    if not may_reset_second_factor(user, by):
        raise PermissionDenied("reset_second_factor")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record(by, "accounts.second_factor_reset", user)
    notify(
        "account.second_factor_reset",
        user,
        [Recipient(user.email, user.language, user.pk)],
        by=by,
    )


@transaction.atomic
def enrol_totp(user: User, secret: str) -> list[str]:
    """Give the account an authenticator app with this base32 secret; returns recovery codes."""
    TOTP.activate(user, secret)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def delete_expired_sessions() -> int:
    """Sessions that have ended by themselves, and what the person's own list knows of them."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return int(UserSession.objects.exclude(Exists(alive)).delete()[0])


@transaction.atomic
def change_profile(user: User, *, name: str, language: str) -> User:
    user.name = name
    user.language = language
    user.save(update_fields=["name", "language"])
    record(user, "accounts.profile_changed", user)
    return user
