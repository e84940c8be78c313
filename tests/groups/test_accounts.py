"""Signing in: what opens, what is refused, and how often."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import User
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from tests.groups.doors import LOGIN, actions, enter, mailed_code, sign_in

pytestmark = pytest.mark.django_db


def test_a_password_on_a_new_device_needs_a_code_by_mail(group, member, client):
    answer = sign_in(client, member)

    assert answer.url == reverse("account_confirm_login_code")
    assert "_auth_user_id" not in client.session
    page = client.get(answer.url).content.decode()
    assert 'autocomplete="one-time-code"' in page
    trust = client.post(answer.url, {"code": mailed_code()})
    assert trust.url == reverse("mfa_trust")
    done = client.post(trust.url, {"action": "skip"})
    assert done.url == reverse("member:home")
    assert client.session["_auth_user_id"] == str(member.pk)
    assert "accounts.signed_in" in actions()


def test_a_trusted_device_needs_no_code_for_ninety_days(group, member, client, settings):
    code_page = sign_in(client, member)
    client.post(code_page.url, {"code": mailed_code()})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    cookie = client.cookies[settings.MFA_TRUST_COOKIE_NAME]
    client.post(reverse("account_logout"))

    assert cookie["max-age"] == timedelta(days=90).total_seconds()
    assert cookie["httponly"]
    assert sign_in(client, member).url == reverse("member:home")
    client.post(reverse("account_logout"))
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert sign_in(client, member).url == reverse("account_confirm_login_code")


def test_a_wrong_code_does_not_open_and_three_end_the_attempt(group, member, client):
    page = sign_in(client, member).url

    assert client.post(page, {"code": "BBBB-BBBB"}).status_code == 200
    assert client.post(page, {"code": "BBBB-BBBB"}).status_code == 200
    assert client.post(page, {"code": "BBBB-BBBB"}).url == reverse(LOGIN)
    assert actions().count("accounts.code_refused") == 3
    assert client.post(page, {"code": mailed_code()}).url == reverse(LOGIN)
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_for_fifteen_minutes(group, member, client):
    page = sign_in(client, member).url
    code = mailed_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.post(page, {"code": code})
        assert "_auth_user_id" not in client.session
        assert not get_kind("account").still_due(Delivery.objects.get())


def test_another_code_can_be_sent_twice(group, member, client):
    page = sign_in(client, member).url
    first = mailed_code()

    client.post(page, {"action": "resend"})
    second = mailed_code()
    client.post(page, {"action": "resend"})
    client.post(page, {"action": "resend"})

    assert first != second
    assert Delivery.objects.count() == 3
    assert client.post(page, {"code": first}).status_code == 200
    assert client.post(page, {"code": mailed_code()}).url == reverse("mfa_trust")


def test_the_session_gets_a_new_id_when_somebody_signs_in(group, member, client):
    page = sign_in(client, member).url
    before = client.session.session_key

    client.post(page, {"code": mailed_code()})
    client.post(reverse("mfa_trust"), {"action": "skip"})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_after_signing_in_one_lands_on_pages_in_ones_language(group, client):
    member = MembershipFactory(group=group, user=UserFactory(language="en")).user

    client.post(sign_in(client, member).url, {"code": mailed_code()})
    done = client.post(reverse("mfa_trust"), {"action": "skip"})

    assert done.url.startswith("/en/")


def test_known_and_unknown_addresses_are_refused_alike(group, member, client):
    known = sign_in(client, member, password="wrong password indeed")
    unknown = client.post(
        reverse(LOGIN), {"login": "nobody@example.org", "password": "wrong password indeed"}
    )

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    assert not Delivery.objects.exists()
    failures = LogEntry.objects.filter(action="accounts.sign_in_failed").order_by("id")
    assert [entry.subject_id for entry in failures] == [str(member.pk), ""]
    # REMOTE_ADDR of the test client, cut to its network; nothing of what was typed.
    assert [entry.data for entry in failures] == [{"network": "127.0.0.0/24"}] * 2


def test_an_unknown_address_costs_a_password_hash_too(group, member, settings, monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher,
        "encode",
        lambda self, *args: hashed.append("encode") or encode(self, *args),
    )
    monkeypatch.setattr(
        Argon2PasswordHasher,
        "verify",
        lambda self, *args: hashed.append("verify") or verify(self, *args),
    )

    sign_in(Client(), member, password="wrong password indeed")
    sign_in(Client(), User(email="nobody@example.org"), password="wrong password indeed")

    assert hashed == ["verify", "encode"]


def test_five_failures_for_an_address_close_it_for_a_while(group, member, client):
    for _attempt in range(5):
        sign_in(client, member, password="wrong password indeed")

    answer = sign_in(client, member)

    assert "_auth_user_id" not in client.session
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert sign_in(client, member).status_code == 302


def resets_from_many_addresses():
    """Status of each of 21 requests for a new password, every one from another network."""
    return [
        Client()
        .post(
            reverse("account_reset_password"),
            {"email": f"nobody-{number}@example.org"},
            headers={"x-forwarded-for": f"203.0.{number}.7"},
        )
        .status_code
        for number in range(21)
    ]


def test_a_forged_forwarding_header_does_not_evade_the_limit(group, settings):
    settings.TRUSTED_PROXIES = []

    assert resets_from_many_addresses() == [302] * 20 + [429]


def test_people_behind_our_own_proxy_are_counted_apart(group, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]

    assert resets_from_many_addresses() == [302] * 21


def test_a_superuser_made_on_the_command_line_gets_in_with_one_code(group, client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", "--noinput", "--email=Root@Example.org", "--name=Root", verbosity=0
    )

    enter(client, User.objects.get())

    assert Delivery.objects.count() == 1
    assert client.get(reverse("member:home")).url == reverse("member:second_factor")
