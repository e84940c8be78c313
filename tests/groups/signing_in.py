"""Signing in for tests that are about something else."""

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client

from groups.models import User
from groups.services.accounts import enrol_totp


def sign_in_staff(client: Client, user: User) -> None:
    """With a second factor, without which coordination sees nothing."""
    enrol_totp(user, generate_totp_secret())
    client.force_login(user)
