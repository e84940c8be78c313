"""Mails about accounts."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import translation

from groups.services.invitations import invite
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery
from tests.factories import (
    MembershipFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.groups.doors import NEW_PASSWORD, actions, mailed_code, newest_letter

pytestmark = pytest.mark.django_db


def reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_known_and_unknown_addresses_get_one_mail_and_the_same_answer(group, member):
    known, unknown = reset(Client(), member.email), reset(Client(), "nobody@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [delivery.address for delivery in Delivery.objects.order_by("created_at")] == [
        member.email,
        "nobody@example.org",
    ]
    assert newest_letter().url.endswith(reverse("interest:form"))


def test_a_link_in_the_mail_sets_a_new_password_and_ends_every_session(group, member, client):
    elsewhere = Client()
    elsewhere.force_login(member)
    reset(client, member.email)
    path = newest_letter().url.removeprefix("http://").partition("/")[2]

    form_page = client.get(f"/{path}", follow=True)
    done = client.post(
        form_page.redirect_chain[-1][0],
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    member.refresh_from_db()
    assert done.url == reverse("account_reset_password_from_key_done")
    assert member.check_password(NEW_PASSWORD)
    assert elsewhere.get(reverse("member:home")).status_code == 302
    assert newest_letter().button == ""
    again = client.get(f"/{path}", follow=True)
    assert again.context["token_fail"]


def test_secrets_are_unreadable_in_the_database_and_links_follow_the_person(group, client):
    member = MembershipFactory(group=group, user=UserFactory(language="en")).user
    reset(client, member.email)

    delivery = Delivery.objects.get()
    letter = newest_letter()

    key = letter.url.rstrip("/").rpartition("/")[2]
    assert "/en/" in letter.url
    assert key not in delivery.sealed
    assert delivery.notification.data == {}
    assert delivery.user == member


def test_every_mail_of_allauth_has_words_of_ours():
    from importlib.resources import files

    from groups.notifications.accounts import _letters

    ours = set(_letters)
    root = files("allauth") / "templates"
    theirs = {
        file.name.removesuffix("_subject.txt")
        for folder in ("account/email", "mfa/email")
        for file in root.joinpath(folder).iterdir()
        if file.name.endswith("_subject.txt")
    }

    # Of features that are switched off: reset by code, several addresses, confirmation by link.
    assert theirs - ours == {"password_reset_code", "email_deleted", "email_confirm"}
    assert ours <= theirs


def test_every_letter_can_be_written_in_both_languages():
    from groups.notifications.accounts import _letters

    facts = {
        "at": time.time(),
        "code": "BCDF-GHJK",
        "uid": "1",
        "key": "abc-def",
        "from_email": "old@example.org",
        "to_email": "new@example.org",
    }
    for language in ("de", "en"):
        with translation.override(language):
            for name, write in _letters.items():
                letter = write(facts)
                assert letter.subject, name
                assert letter.paragraphs, name
                assert bool(letter.button) == bool(letter.url), name


def test_a_new_address_counts_only_after_its_code(group, member, client):
    client.force_login(member)
    old = member.email

    sent = client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    member.refresh_from_db()
    assert (sent.url, member.email) == (reverse("account_email_verification_sent"), old)
    assert Delivery.objects.get().address == "new@example.org"
    client.post(sent.url, {"code": mailed_code()})

    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert [row.email for row in EmailAddress.objects.filter(user=member)] == ["new@example.org"]
    # The old address hears of it: perhaps it was not the owner who did it.
    assert Delivery.objects.latest("created_at").address == old
    assert "accounts.email_changed" in actions()


def test_coordination_sees_invitations_of_its_group_and_no_mail_about_accounts(
    group, coordinator, member, client
):
    reset(client, member.email)
    mine = invite(group, email="guest@example.org", language="de", by=coordinator)
    invite(WorkingGroupFactory(), email="guest@example.org", language="de", by=None)

    seen = Delivery.objects.visible_to(coordinator)

    assert [delivery.notification.subject for delivery in seen] == [mine]
    assert not get_kind("account").repeatable
