"""Addresses as they stand in mails: absolute, in the language that is active."""

from django.conf import settings
from django.urls import reverse

from groups.models import InterestSignup


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def status_url(signup: InterestSignup) -> str:
    return absolute(reverse("interest:status", args=[signup.pk, signup.token]))


def confirm_url(signup: InterestSignup) -> str:
    return absolute(reverse("interest:confirm", args=[signup.pk, signup.confirmation_token]))


def review_url(signup: InterestSignup) -> str:
    return absolute(reverse("admin:groups_interestsignup_change", args=[signup.pk]))


def queue_url() -> str:
    return absolute(reverse("admin:groups_interestsignup_changelist"))
