"""The second factor: who needs one, how it is kept and lost."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import User
from groups.services.accounts import enrol_totp, reset_second_factor
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    UserFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.doors import LOGIN, SECRET, actions, enter, newest_letter, sign_in, totp_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/", "member:home", "member:profile"])
def test_who_coordinates_sees_nothing_before_a_second_factor(group, client, address):
    client.force_login(coordinator_of(group))
    path = address if address.startswith("/") else reverse(address)

    assert client.get(path).url == reverse("member:second_factor")
    assert client.post(path).url == reverse("member:second_factor")
    assert client.get(reverse("member:second_factor")).status_code == 200


def test_a_superuser_needs_a_second_factor_too(group, client):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get("/admin/").url == reverse("member:second_factor")


@pytest.mark.parametrize("name", ["home", "account_logout", "mfa_index", "usersessions_list"])
def test_without_second_factor_public_and_account_pages_stay_open(group, client, name):
    client.force_login(coordinator_of(group))

    assert client.get(reverse(name)).status_code == 200


def test_members_need_none(group, member, client):
    client.force_login(member)

    assert client.get(reverse("member:home")).status_code == 200


def test_setting_up_the_app_opens_the_door_and_ends_other_sessions(
    group, client, django_capture_on_commit_callbacks
):
    user = coordinator_of(group)
    elsewhere = enter(Client(), user)
    enter(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(answer.url).context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get(reverse("member:home")).url.startswith(reverse(LOGIN))
    assert actions().count("accounts.second_factor_changed") == 2
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_password_and_the_app_open_without_a_code_by_mail(group, coordinator, client):
    answer = sign_in(client, coordinator)

    assert answer.url == reverse("mfa_authenticate")
    done = client.post(answer.url, {"code": totp_code()})
    assert done.url == reverse("member:home")
    assert not Delivery.objects.exists()
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_works_once(group, coordinator):
    code = totp_code()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(sign_in(client, coordinator).url, {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session
    assert "accounts.code_refused" in actions()


def test_a_recovery_code_replaces_the_app_once(group):
    user = coordinator_of(group)
    codes = enrol_totp(user, SECRET)
    first, second = Client(), Client()
    for client in (first, second):
        client.post(sign_in(client, user).url, {"code": codes[0]})

    assert len(codes) == 10
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_staff_cannot_remove_their_last_factor(group, coordinator, client):
    client.force_login(coordinator)

    page = client.get(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_deactivate_totp"))

    assert page.context["form"].non_field_errors()
    assert Authenticator.objects.filter(user=coordinator, type="totp").exists()


def test_members_may_remove_theirs_and_are_told_by_mail(group, member, client):
    enrol_totp(member, SECRET)
    client.force_login(member)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert newest_letter().paragraphs


def passkey_of(user):
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Phone", "credential": {}},
    )


@pytest.mark.parametrize("has_password", [True, False])
def test_the_last_passkey_stays_with_whoever_has_no_password(group, member, client, has_password):
    if not has_password:
        member.set_unusable_password()
        member.save()
    passkey = passkey_of(member)
    client.force_login(member)

    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert Authenticator.objects.filter(pk=passkey.pk).exists() is not has_password


def test_the_last_passkey_stays_with_staff_and_another_may_go(group, client):
    user = coordinator_of(group)
    first, second = passkey_of(user), passkey_of(user)
    client.force_login(user)

    client.post(reverse("mfa_remove_webauthn", args=[first.pk]))
    client.post(reverse("mfa_remove_webauthn", args=[second.pk]))

    assert list(Authenticator.objects.all()) == [second]


def test_nobody_removes_the_passkey_of_somebody_else(group, member, client):
    passkey = passkey_of(UserFactory())
    client.force_login(member)

    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404


def test_changing_locks_asks_again_who_it_is_unless_one_has_just_signed_in(group, member, client):
    client.force_login(member)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.get(reverse("mfa_activate_totp"))
        assert answer.url.startswith(reverse("account_reauthenticate"))
        client.post(answer.url, {"password": "wrong"})
        assert client.get(reverse("mfa_activate_totp")).status_code == 302
        done = client.post(answer.url, {"password": PASSWORD})
        assert done.url == reverse("mfa_activate_totp")
        assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_what_was_posted_survives_the_question_who_it_is(group, member, client):
    client.force_login(member)

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        question = client.post(
            reverse("account_email"), {"email": "new@example.org", "action_add": ""}
        )
        done = client.post(question.url, {"password": PASSWORD})

    assert question.url.startswith(reverse("account_reauthenticate"))
    assert done.url == reverse("account_email_verification_sent")
    assert Delivery.objects.get().address == "new@example.org"


def test_a_coordinator_resets_the_lost_factor_of_a_member(group, member, coordinator):
    signed_in = enter(Client(), member)
    enrol_totp(member, SECRET)

    reset_second_factor(member, by=coordinator)

    assert not Authenticator.objects.filter(user=member).exists()
    assert signed_in.get(reverse("member:home")).status_code == 302
    assert LogEntry.objects.about(member).first().action == "accounts.second_factor_reset"
    letter = newest_letter("account.second_factor_reset")
    assert letter.url.endswith(reverse("account_reset_password"))
    newest = Delivery.objects.latest("created_at")
    assert get_kind("account.second_factor_reset").still_due(newest)


@pytest.mark.parametrize("who", ["stranger", "member", "other_coordinator", "himself", "superuser"])
def test_nobody_else_resets_a_factor(group, member, coordinator, who):
    target = coordinator if who == "himself" else member
    by = {
        "stranger": UserFactory(),
        "member": MembershipFactory(group=group).user,
        "other_coordinator": coordinator_of(WorkingGroupFactory()),
        "himself": coordinator,
        "superuser": coordinator,
    }[who]
    if who == "superuser":
        User.objects.filter(pk=target.pk).update(is_superuser=True)
        target = User.objects.get(pk=target.pk)

    with pytest.raises(PermissionDenied):
        reset_second_factor(target, by=by)

    assert not Delivery.objects.exists()


def test_who_has_a_second_factor_is_led_past_the_explanation(group, coordinator, client):
    client.force_login(coordinator)

    assert client.get(reverse("member:second_factor")).url == reverse("mfa_index")
