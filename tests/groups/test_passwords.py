"""Which passwords are good enough, and what a new one ends."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories import (
    PASSWORD,
    CityFactory,
)
from tests.groups.doors import NEW_PASSWORD, actions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "elf zeichen",  # eleven characters
        "qwertyuiop123",  # on the list of common passwords
        "mein solingen 2026",
        "S0l1ng3n im Herbst",
        "wir sind In4Green!",
        "aktionsplan-fertig",
        "Dabrowa ist schoen",
    ],
)
def test_passwords_that_are_easily_guessed_are_refused(db, password):
    CityFactory(name="Solingen")
    CityFactory(name="Dąbrowa Górnicza")

    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["alles nur klein hier", "Żółw biegnie przez las", "🌱🌲🌳 drei Bäume"]
)
def test_passwords_need_no_certain_composition(db, password):
    CityFactory(name="Solingen")

    validate_password(password)


def test_passwords_are_kept_as_argon2id(member):
    assert member.password.startswith("argon2$argon2id$")


def test_a_new_password_ends_all_other_sessions(group, member, client):
    elsewhere = Client()
    elsewhere.force_login(member)
    client.force_login(member)

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert answer.url == reverse("member:profile")
    assert client.get(reverse("member:home")).status_code == 200
    assert elsewhere.get(reverse("member:home")).status_code == 302
    assert UserSession.objects.count() == 1
    assert "accounts.password_changed" in actions()
